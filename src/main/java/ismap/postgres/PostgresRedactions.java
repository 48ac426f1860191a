package ismap.postgres;

import ismap.ledger.Redaction;
import ismap.ledger.RedactionProposal;
import ismap.ledger.Redactions;
import ismap.ledger.Redactions.Result.CarriedOut;
import ismap.ledger.Redactions.Result.Refused;
import ismap.ledger.Redactions.Result.Why;
import ismap.postgres.RecordRows.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The tables {@code redaction_proposal} and {@code redaction}, and the function {@code redact}, which alone takes anything away. */
final class PostgresRedactions implements Redactions {

    private static final String PROPOSALS = """
            select p.id, p.record_id, p.proposed_at, p.proposed_by, p.reason, p.legal_basis
            from ismap.redaction_proposal p where p.record_id = ? order by p.proposed_at, p.id
            """;

    private final DataSource dataSource;

    PostgresRedactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public RedactionProposal propose(UUID id, UUID recordId, String proposedBy, String reason, String legalBasis) {
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(
                        "insert into ismap.redaction_proposal (id, record_id, proposed_by, reason, legal_basis) "
                                + "values (?, ?, ?, ?, ?) returning proposed_at")) {
            insert.setObject(1, id);
            insert.setObject(2, recordId);
            insert.setString(3, proposedBy);
            insert.setString(4, reason);
            insert.setString(5, legalBasis);
            try (var row = insert.executeQuery()) {
                row.next();
                var at = row.getObject(1, OffsetDateTime.class).toInstant();
                return new RedactionProposal(id, recordId, at, proposedBy, reason, legalBasis);
            }
        } catch (SQLException e) {
            throw Failures.translated("proposal to redact record " + recordId, e);
        }
    }

    @Override
    public List<RedactionProposal> proposals(UUID recordId) {
        try (var connection = dataSource.getConnection()) {
            return proposals(connection, recordId);
        } catch (SQLException e) {
            throw Failures.translated("proposals to redact record " + recordId, e);
        }
    }

    private static List<RedactionProposal> proposals(Connection connection, UUID recordId) throws SQLException {
        var proposals = new ArrayList<RedactionProposal>();
        try (PreparedStatement select = connection.prepareStatement(PROPOSALS)) {
            select.setObject(1, recordId);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    proposals.add(new RedactionProposal(
                            row.getObject("id", UUID.class),
                            row.getObject("record_id", UUID.class),
                            row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                            row.getString("proposed_by"),
                            row.getString("reason"),
                            row.getString("legal_basis")));
                }
            }
        }
        return proposals;
    }

    @Override
    public Result carryOut(UUID recordId, UUID proposal, String carriedOutBy) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            Result result;
            try {
                result = carryOut(connection, recordId, proposal, carriedOutBy);
            } catch (SQLException refused) {
                connection.rollback();
                throw refused;
            }
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw Failures.translated("redaction of record " + recordId, e);
        }
    }

    private static Result carryOut(Connection connection, UUID recordId, UUID id, String carriedOutBy)
            throws SQLException {
        var rows = new RecordRows(connection);
        Head head = rows.lock();
        Optional<RedactionProposal> proposal = proposals(connection, recordId).stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        if (proposal.isEmpty()) {
            return new Refused(Why.UNKNOWN_PROPOSAL);
        }
        if (proposal.get().proposedBy().equals(carriedOutBy)) {
            return new Refused(Why.OWN_PROPOSAL);
        }
        var receipt = rows.find(recordId).orElseThrow();
        if (receipt.isRedacted()) {
            return new Refused(Why.ALREADY_REDACTED);
        }
        Redaction redaction = Redaction.of(
                head.sequence(),
                head.hash(),
                head.now(),
                proposal.get(),
                receipt.seal().sequence(),
                carriedOutBy);
        try (var call = connection.prepareStatement("select ismap.redact(?, ?, ?)")) {
            call.setObject(1, id);
            call.setString(2, carriedOutBy);
            call.setBytes(3, redaction.seal().content());
            call.execute();
        }
        return new CarriedOut(redaction);
    }
}
