package ismap.xlsx;

import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DerivationReader;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookChecker;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a rulebook folder ({@code docs/rulebook-format.md}) into the model. It never throws for what a file holds. */
public final class WorkbookRulebookReader {

    private static final String VOCABULARY = "vocabulary.xlsx";
    private static final String CLAUSES = "clauses.xlsx";
    private static final String PARAMETERS = "parameters.xlsx";
    private static final String DERIVATIONS = "derivations.xlsx";
    private static final String REGISTERS = "registers.xlsx";

    /** No part of the rulebook; what is wrong with it is told with the rest. */
    private static final String ACKNOWLEDGEMENTS = AcknowledgementSheet.PATH;

    private static final List<String> LISTS = List.of(VOCABULARY, CLAUSES, PARAMETERS, DERIVATIONS);

    /** What the checker cannot mistake for the consequence of a cell that was not read. */
    private static final Set<String> CERTAIN_ANYWAY = Set.of("EXPRESSION_TYPE", "PARAMETER_WITHOUT_VALUE");

    private final DerivationReader derivationReader;
    private final Limits limits;

    /** @param derivationReader reads the derivations that are not in workbooks */
    public WorkbookRulebookReader(DerivationReader derivationReader) {
        this(derivationReader, Limits.DEFAULT);
    }

    public WorkbookRulebookReader(DerivationReader derivationReader, Limits limits) {
        this.derivationReader = derivationReader;
        this.limits = limits;
    }

    /** All problems at once, in sheet order; no rulebook where one of them is an error. */
    public LoadedRulebook read(RulebookFiles files) {
        return new Reading(files).read();
    }

    private final class Reading {
        private final RulebookFiles files;
        private final Problems problems = new Problems();
        private final References references = new References(problems);
        private final Map<String, OpenedWorkbook> workbooks = new LinkedHashMap<>();

        Reading(RulebookFiles files) {
            this.files = files;
        }

        LoadedRulebook read() {
            LISTS.forEach(this::open);
            if (files.contents().containsKey(REGISTERS)) {
                open(REGISTERS);
            }
            if (files.contents().containsKey(ACKNOWLEDGEMENTS)) {
                open(ACKNOWLEDGEMENTS);
            }
            files.contents().keySet().stream().filter(this::isOther).forEach(this::other);
            references.namesComplete = readable(VOCABULARY)
                    && readable(PARAMETERS)
                    && readable(DERIVATIONS)
                    && (!workbooks.containsKey(REGISTERS) || readable(REGISTERS));
            references.clausesComplete = readable(CLAUSES);
            lists();
            Rulebook rulebook = decisions();
            SourceMap sources = new SourceMap(withAliases(rulebook));
            boolean bound = !problems.hasErrors();
            List<Problem> checked = RulebookChecker.check(rulebook, sources).stream()
                    .filter(problem ->
                            bound || (references.broken.isEmpty() && CERTAIN_ANYWAY.contains(problem.code())))
                    .toList();
            List<Problem> told = checked.stream()
                    .filter(problem -> !isToldAtItsCell(problem))
                    .toList();
            problems.addAll(told.isEmpty() ? checked : told);
            return new LoadedRulebook(
                    problems.hasErrors() ? Optional.empty() : Optional.of(rulebook), sources, problems.inSheetOrder());
        }

        /** Unknown names in cells are told where they stand; here they would be those whose expression has no type. */
        private static boolean isToldAtItsCell(Problem problem) {
            return problem.code().equals(Codes.NAME_UNKNOWN) && problem.places().get(0) instanceof Place.Cell;
        }

        private void open(String path) {
            byte[] bytes = files.contents().get(path);
            if (bytes == null) {
                problems.add(Mistakes.workbookMissing(path));
                return;
            }
            OpenedWorkbook workbook = OpenedWorkbook.of(path, bytes, limits);
            problems.order(workbook);
            problems.addAll(workbook.problems());
            workbooks.put(path, workbook);
        }

        private boolean readable(String path) {
            OpenedWorkbook workbook = workbooks.get(path);
            return workbook != null && workbook.problems().isEmpty();
        }

        private boolean isOther(String path) {
            return !LISTS.contains(path)
                    && !path.equals(REGISTERS)
                    && !path.equals(ACKNOWLEDGEMENTS)
                    && !path.matches("scenarios/[^/]+\\.xlsx")
                    && !path.matches("rules/[^/]+\\.drl");
        }

        private void other(String path) {
            Place.Cell at = new Place.Cell(path, "", "");
            if (path.matches("[^/]+\\.xlsx") && !path.startsWith("~$")) {
                open(path);
            } else if (path.matches("[^/~.][^/]*\\.(xls|xlsm|xlsb|xltx|ods|csv|tsv)")) {
                problems.add(Mistakes.spreadsheetNotRead(at));
            } else {
                problems.add(Mistakes.fileNotRead(at));
            }
        }

        /** A workbook that could not be opened has no sheets, and that has been said. */
        private Optional<Sheets> sheets(String path, ListLayout... lists) {
            return Optional.ofNullable(workbooks.get(path))
                    .filter(workbook -> workbook.problems().isEmpty())
                    .map(workbook -> new Sheets(workbook, problems).only(lists));
        }

        private void lists() {
            sheets(VOCABULARY, ListLayout.FACTS, ListLayout.CODES, ListLayout.STATUSES)
                    .ifPresent(
                            sheets -> references.vocabulary = new VocabularySheets(references, problems).bind(sheets));
            ListSheets lists = new ListSheets(references, problems);
            sheets(CLAUSES, ListLayout.DOCUMENTS, ListLayout.CLAUSES, ListLayout.NOT_ENCODED, ListLayout.ASSUMPTIONS)
                    .ifPresent(sheets -> references.clauses = lists.clauses(sheets));
            sheets(PARAMETERS, ListLayout.PARAMETERS).ifPresent(lists::parameters);
            sheets(DERIVATIONS, ListLayout.DERIVATIONS).ifPresent(lists::derivations);
            Optional.ofNullable(workbooks.get(REGISTERS))
                    .filter(workbook -> workbook.problems().isEmpty())
                    .ifPresent(
                            workbook -> new RegisterSheets(references, problems).bind(new Sheets(workbook, problems)));
            Optional.ofNullable(workbooks.get(ACKNOWLEDGEMENTS))
                    .ifPresent(workbook -> AcknowledgementSheet.check(workbook, references, problems));
            otherNotation();
            lists.checkNames();
        }

        private void otherNotation() {
            DerivationReader.Read read = derivationReader.read(
                    files, references.vocabulary, references.clauses, references.parameters.keySet());
            problems.addAll(read.problems());
            read.derivations().forEach(derivation -> {
                String key = "derivation:" + derivation.fact();
                Place at = read.places().getOrDefault(key, new Place.Cell(key, "", ""));
                if (references.derivations.putIfAbsent(derivation.fact(), derivation) != null) {
                    problems.add(Mistakes.definedTwice(at, references.places.getOrDefault(key, at), derivation.fact()));
                }
                references
                        .vocabulary
                        .fact(derivation.fact())
                        .filter(fact -> fact.kind() == FactDefinition.Kind.INPUT)
                        .ifPresent(fact -> problems.add(Mistakes.notDerived(at, fact.name())));
                references.place(key, at);
            });
        }

        private Rulebook decisions() {
            var binders = new LinkedHashMap<String, DecisionBinder>();
            var rules = new LinkedHashSet<String>();
            for (OpenedWorkbook workbook : List.copyOf(workbooks.values())) {
                String path = workbook.path();
                if (LISTS.contains(path) || path.equals(REGISTERS) || path.equals(ACKNOWLEDGEMENTS)) {
                    continue;
                }
                if (!workbook.problems().isEmpty()) {
                    references.unreadDecisions.add(path.substring(0, path.length() - ".xlsx".length()));
                    continue;
                }
                if (workbook.sheet(ListLayout.DECISION.sheet()).isEmpty()) {
                    problems.add(Mistakes.workbookUnknown(workbook.place()));
                    continue;
                }
                String name = path.substring(0, path.length() - ".xlsx".length());
                DecisionBinder binder = new DecisionBinder(references, problems, workbook, name);
                if (!Form.DECISION.fits(name)) {
                    problems.add(Mistakes.nameMalformed(workbook.place(), name, Form.DECISION));
                }
                binders.put(name, binder);
                rules.addAll(binder.rules());
            }
            var concluded = new LinkedHashMap<String, Table>();
            var sheets = new LinkedHashMap<String, TableSheet>();
            binders.values().forEach(binder -> binder.concluded(rules, concluded, sheets));
            var decisions = new LinkedHashMap<String, DecisionDefinition>();
            binders.forEach((name, binder) -> decisions.put(name, binder.bind(binders)));
            return new Rulebook(
                    Rulebook.FORMAT_VERSION,
                    references.vocabulary,
                    references.clauses,
                    references.parameters,
                    references.derivations,
                    concluded,
                    decisions);
        }

        /** A table that concludes a fact stands in one workbook and is asked for by all of them. */
        private Map<String, Place> withAliases(Rulebook rulebook) {
            var places = new LinkedHashMap<>(references.places);
            for (Table table : rulebook.concluded().values()) {
                var keys = new ArrayList<>(List.of("table", "row"));
                for (String decision : rulebook.decisions().keySet()) {
                    for (String home : rulebook.decisions().keySet()) {
                        alias(places, keys.get(0), home, decision, table.id());
                        table.rows().forEach(row -> alias(places, keys.get(1), home, decision, row.id()));
                    }
                }
            }
            return places;
        }

        private void alias(Map<String, Place> places, String kind, String home, String decision, String id) {
            Place at = references.places.get(kind + ":" + home + ":" + id);
            if (at != null) {
                places.putIfAbsent(kind + ":" + decision + ":" + id, at);
            }
        }
    }
}
