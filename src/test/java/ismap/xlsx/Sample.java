package ismap.xlsx;

import ismap.rulebook.DerivationReader;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A small rulebook that uses every sheet, every title key and every kind of column once, in plain workbooks without layout. */
final class Sample {

    private Sample() {}

    private static final Map<String, Map<String, String>> SHEETS = new LinkedHashMap<>();

    private static void sheet(String path, String sheet, String rows) {
        SHEETS.computeIfAbsent(path, none -> new LinkedHashMap<>()).put(sheet, rows);
    }

    static {
        sheet("vocabulary.xlsx", "Facts", """
                fact ¦ type ¦ domain ¦ absent_means ¦ kind ¦ known_by ¦ changeable_by ¦ needs_attestation ¦ label_ja ¦ label_en ¦ decisions ¦ happens_on ¦ question_ja ¦ question_en ¦ help_ja ¦ help_en
                事実 ¦ 型 ¦ 範囲
                scheme ¦ enum ¦ ISMAP|ISMAP_LIU ¦ unknown ¦ input ¦ PROVIDER ¦ PROVIDER ¦ ¦ 制度区分 ¦ Scheme ¦ licence;upkeep ¦ ¦ どの制度ですか。 ¦ Which scheme? ¦ 補足①号 ¦ Help
                filedOn ¦ moment ¦ ¦ unknown ¦ input ¦ PROVIDER ¦ ¦ ¦ 申請日 ¦ Filed on ¦ licence
                decidedOn ¦ date ¦ ¦ none; unknown where decision is APPROVED or REFUSED ¦ input ¦ COMMITTEE ¦ ¦ yes ¦ 決定日 ¦ Decided on ¦ licence
                decision ¦ enum ¦ APPROVED|REFUSED|PENDING ¦ none ¦ input ¦ COMMITTEE ¦ ¦ ¦ 可否 ¦ Decision ¦ licence ¦ decidedOn for APPROVED|REFUSED
                classes ¦ list<integer> ¦ 1|2|3 ¦ unknown ¦ input ¦ ¦ ¦ ¦ 区分 ¦ Classes ¦ licence
                roles ¦ list<enum> ¦ MEMBER|CLERK ¦ unknown ¦ input ¦ ¦ ¦ ¦ 立場 ¦ Roles ¦ upkeep
                services ¦ list<Service> ¦ name:string|status:RegistrationStatus|since:date?|kind:enum(NEW,OLD)? ¦ none ¦ input ¦ ¦ ¦ ¦ 基盤 ¦ Services ¦ licence
                isListed ¦ boolean ¦ ¦ unknown ¦ either ¦ ¦ ¦ ¦ 掲載 ¦ Listed ¦ licence
                staff ¦ integer ¦ ¦ unknown ¦ input ¦ ¦ ¦ ¦ 人数 ¦ Staff ¦ upkeep
                title ¦ string ¦ ¦ unknown ¦ input ¦ ¦ ¦ ¦ 名称 ¦ Title ¦ upkeep
                score ¦ number ¦ ¦ unknown ¦ derived ¦ ¦ ¦ ¦ 点数 ¦ Score ¦ licence
                coveredDays ¦ days ¦ ¦ unknown ¦ derived ¦ ¦ ¦ ¦ 対象日 ¦ Covered days ¦ licence
                permits ¦ list<Permit> ¦ id:string|level:enum(A,B)|isBasic:boolean?|weight:number? ¦ unknown ¦ derived ¦ ¦ ¦ ¦ 許可 ¦ Permits ¦ licence
                band ¦ enum ¦ LOW|HIGH ¦ unknown ¦ derived ¦ ¦ ¦ ¦ 段階 ¦ Band ¦ licence
                """);
        sheet("vocabulary.xlsx", "Codes", """
                fact ¦ code ¦ label_ja ¦ label_en
                事実 ¦ コード
                scheme ¦ ISMAP ¦ ISMAP ¦ ISMAP
                RegistrationStatus ¦ LAPSED ¦ 失効 ¦ Lapsed
                services.kind ¦ NEW ¦ 新規 ¦ New
                * ¦ PENDING ¦ 未決定 ¦ Pending
                """);
        sheet("vocabulary.xlsx", "Statuses", """
                status ¦ label_ja ¦ label_en
                結果
                SATISFIED ¦ 満たす ¦ Satisfied
                NOT_SATISFIED ¦ 満たさない ¦ Not satisfied
                """);
        sheet("clauses.xlsx", "Documents", """
                document ¦ title_ja ¦ title_en ¦ edition ¦ source
                文書
                basic-regulations ¦ 基本規程 ¦ Basic Regulations ¦ 2021-12-20 ¦ S1
                faq ¦ よくある質問 ¦ FAQ
                """);
        sheet("clauses.xlsx", "Clauses", """
                document ¦ clause ¦ title_ja ¦ title_en ¦ in_force_from ¦ in_force_until ¦ coverage ¦ rules ¦ reason_ja ¦ reason_en ¦ certainty ¦ source
                文書
                basic-regulations ¦ 3.5 ¦ 更新 ¦ Renewal ¦ ¦ ¦ RULES ¦ BR-1, BR-2, BR-3, BR-4 ¦ ¦ ¦ SEED ¦ S1
                basic-regulations ¦ 3.10 ¦ 別の条項 ¦ Another ¦ 2020-06-03 ¦ 2025-03-31 ¦ NOT_DECIDABLE ¦ ¦ 人が判断します。 ¦ A person decides.
                faq ¦ KB0011399 ¦ 質問 ¦ Question ¦ ¦ ¦ PARTLY ¦ BR-1 ¦ 残りは人が判断します。 ¦ A person decides the rest.
                """);
        sheet("clauses.xlsx", "NotEncoded", """
                rule ¦ document ¦ clause ¦ reason_ja ¦ reason_en ¦ decidedBy ¦ certainty ¦ source
                規則
                LIU-9-1 ¦ basic-regulations ¦ 3.10 ¦ 本文がありません。 ¦ The text is not held. ¦ COMMITTEE ¦ UNKNOWN ¦ S1
                """);
        sheet("clauses.xlsx", "Assumptions", """
                assumption ¦ text_ja ¦ text_en ¦ other_ja ¦ other_en ¦ why_ja ¦ why_en ¦ document ¦ clause
                解釈
                A-1 ¦ 含む ¦ Included ¦ 含まない ¦ Excluded ¦ 文言による ¦ The wording ¦ basic-regulations ¦ 3.5
                A-2 ¦ 含む ¦ Included ¦ ¦ ¦ 文言による ¦ The wording
                A-6 ¦ ずらさない ¦ No shift ¦ ¦ ¦ 定めがない ¦ No text
                """);
        sheet("parameters.xlsx", "Parameters", """
                parameter ¦ value ¦ unit ¦ from ¦ until ¦ referenceDay ¦ clause ¦ label_ja ¦ label_en ¦ note
                パラメータ
                validityMonths ¦ 16 ¦ months ¦ 2020-06-03 ¦ 2025-03-31 ¦ decidedOn; lastDay ¦ basic-regulations 3.5 ¦ 有効期間 ¦ Validity ¦ 初め
                validityMonths ¦ 18 ¦ months ¦ 2025-04-01 ¦ ¦ decidedOn; lastDay ¦ basic-regulations 3.5 ¦ 有効期間 ¦ Validity
                startDay ¦ 2020-06-03 ¦ ¦ ¦ ¦ ¦ basic-regulations 3.5 ¦ 施行日 ¦ Start
                notYet ¦ ¦ ¦ ¦ ¦ ¦ basic-regulations 3.5 ¦ 未定 ¦ Not set
                threshold ¦ 2.5 ¦ ¦ ¦ ¦ ¦ basic-regulations 3.10 ¦ 基準 ¦ Threshold
                """);
        sheet("derivations.xlsx", "Derivations", """
                fact ¦ expression ¦ clause ¦ assumption ¦ label_ja ¦ label_en ¦ note
                事実
                expiresOn ¦ periodEnd(decidedOn, parameter("validityMonths", decidedOn)) ¦ basic-regulations 3.5 ¦ A-6 ¦ 有効期限 ¦ Expires on ¦ 備考
                lastDay ¦ latest(decidedOn, date("2020-06-03")) ¦ ¦ ¦ 最終日 ¦ Last day
                highest ¦ highest(classes) ¦ ¦ ¦ 最高区分 ¦ Highest class
                services.isLapsed ¦ equal(services.status, "LAPSED") ¦ ¦ ¦ 失効か ¦ Lapsed?
                isListed ¦ any(equal(scheme, "ISMAP"), equal(stated(decision), "APPROVED")) ¦ ¦ ¦ 掲載 ¦ Listed
                """);
        sheet("registers.xlsx", "permits", """
                id ¦ level ¦ isBasic ¦ weight
                番号
                1.10 ¦ A ¦ true ¦ 2.5
                1.2 ¦ B
                """);
        sheet("licence.xlsx", "Decision", """
                key ¦ value_ja ¦ value_en
                項目
                decision ¦ licence
                title ¦ 免許 ¦ Licence
                question ¦ 免許はあるか。 ¦ Is there a licence?
                governingFact ¦ filedOn
                note ¦ 備考
                """);
        sheet("licence.xlsx", "Outcomes", """
                outcome ¦ calledForBy ¦ label_ja ¦ label_en ¦ note
                結論
                REFUSED ¦ BR-1/2; BR-2: NOT_SATISFIED, PROHIBITED ¦ 不可 ¦ Refused ¦ 備考
                INSUFFICIENT_FACTS ¦ missing ¦ 不足 ¦ Facts missing
                REFERRED ¦ any: REFER_TO_COMMITTEE ¦ 照会 ¦ Referred
                GRANTED ¦ otherwise ¦ 可 ¦ Granted
                """);
        sheet("licence.xlsx", "Values", """
                value ¦ fact ¦ label_ja ¦ label_en
                値
                expiresOn ¦ ¦ 有効期限 ¦ Expires on
                level ¦ band ¦ 段階 ¦ Band
                """);
        sheet("licence.xlsx", "Readings", """
                fact ¦ value ¦ condition ¦ readsAs ¦ note
                事実
                decision ¦ PENDING ¦ scheme: ISMAP; staff: >= 3 ¦ none ¦ 備考
                staff ¦ missing ¦ ¦ unknown
                """);
        sheet("licence.xlsx", "NotExamined", """
                rule ¦ message_ja ¦ message_en ¦ decidedBy ¦ condition
                規則
                RA-0-1 ¦ ここでは判断しません。 ¦ Not decided here. ¦ COMMITTEE
                LIU-7-1 ¦ 本文がありません。 ¦ The text is not held. ¦ COMMITTEE ¦ scheme: ISMAP_LIU, missing; expiresOn: given
                """);
        sheet("licence.xlsx", "coveredDays", """
                fact ¦ coveredDays
                title ¦ 対象となる日 ¦ Covered days
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ COLLECT
                aggregation ¦ DAYS
                forEach ¦ roles
                行 ¦ 開始 ¦ 終了 ¦ 立場 ¦ 条項
                row ¦ from ¦ until ¦ roles.value ¦ clause
                coveredDays/1 ¦ 2020-06-03 ¦ 2021-12-19 ¦ MEMBER
                coveredDays/2 ¦ 2021-12-20 ¦ ¦ CLERK ¦ basic-regulations 3.10
                """);
        sheet("licence.xlsx", "BR-1", """
                rule ¦ BR-1
                title ¦ 決定 ¦ Decision
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ FIRST
                from ¦ 2020-06-03
                until ¦ 2030-03-31
                referenceDay ¦ filedOn
                assumption ¦ A-1
                outsideDates ¦ 適用されません。 ¦ Does not apply.
                notEnoughFacts ¦ 事実が不足しています。 ¦ Facts are missing.
                行 ¦ 可否 ¦ 期限 ¦ 人数
                row ¦ from ¦ until ¦ referenceDay ¦ decision ¦ expiresOn ¦ staff ¦ isListed ¦ status ¦ clause ¦ assumption ¦ message_ja ¦ message_en ¦ note
                BR-1/1 ¦ ¦ 2024-03-31 ¦ decidedOn ¦ APPROVED ¦ >= 2021-06-04 ¦ [1..3] ¦ true ¦ SATISFIED ¦ faq KB0011399 ¦ A-2 ¦ 期限は{expiresOn}です。\\n次の行 ¦ It expires on {expiresOn}. ¦ 備考
                BR-1/2 ¦ ¦ ¦ ¦ not(APPROVED) ¦ < startDay ¦ >= 16 ¦ - ¦ NOT_SATISFIED ¦ ¦ ¦ 満たしません。 ¦ Not met.
                BR-1/3 ¦ 2024-04-01 ¦ ¦ ¦ missing ¦ given ¦ <= threshold ¦ false ¦ REFER_TO_COMMITTEE ¦ ¦ ¦ 照会してください。 ¦ Ask.
                BR-1/4 ¦ ¦ ¦ ¦ ¦ ¦ ¦ ¦ NOT_APPLICABLE ¦ ¦ ¦ 対象外です。 ¦ Not applicable.
                """);
        sheet("licence.xlsx", "BR-2", """
                rule ¦ BR-2
                title ¦ 基盤 ¦ Base services
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ ANY
                forEach ¦ services
                item ¦ name
                notEnoughFacts ¦ 事実が不足しています。 ¦ Facts are missing.
                noElements ¦ NOT_APPLICABLE
                noElementsText ¦ 基盤はありません。 ¦ No base services.
                行
                row ¦ services.isLapsed ¦ services.since ¦ BR-1 ¦ status ¦ message_ja ¦ message_en
                BR-2/1 ¦ true ¦ ¦ SATISFIED ¦ NOT_SATISFIED ¦ {services.name}は失効しています。 ¦ {services.name} has lapsed.
                BR-2/2 ¦ false ¦ >= 2021-06-04, none ¦ ¦ SATISFIED ¦ 有効です。 ¦ Effective.
                BR-2/3 ¦ true ¦ ¦ not(SATISFIED) ¦ NOT_APPLICABLE ¦ 対象外です。 ¦ Not applicable.
                BR-2/4 ¦ false ¦ < 2021-06-04 ¦ ¦ SATISFIED ¦ 有効です。 ¦ Effective.
                """);
        sheet("licence.xlsx", "BR-3", """
                rule ¦ BR-3
                title ¦ 基盤の数 ¦ Number of base services
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ ANY
                forEach ¦ services
                notEnoughFacts ¦ 事実が不足しています。 ¦ Facts are missing.
                noElements ¦ BR-2
                noElementsText ¦ 基盤はありません。 ¦ No base services.
                items ¦ NOT_SATISFIED, REFER_TO_COMMITTEE
                行
                row ¦ services.kind ¦ status ¦ message_ja ¦ message_en
                BR-3/1 ¦ ¦ SATISFIED ¦ 数えました。 ¦ Counted.
                """);
        sheet("upkeep.xlsx", "Decision", """
                key ¦ value_ja ¦ value_en
                項目
                decision ¦ upkeep
                title ¦ 維持 ¦ Upkeep
                question ¦ 維持されているか。 ¦ Is it kept up?
                """);
        sheet("upkeep.xlsx", "Outcomes", """
                outcome ¦ calledForBy ¦ label_ja ¦ label_en
                結論
                KEPT ¦ otherwise ¦ 維持 ¦ Kept
                """);
        sheet("upkeep.xlsx", "Borrowed", """
                rule ¦ decision ¦ where ¦ message_ja ¦ message_en ¦ note
                規則
                BR-1 ¦ licence ¦ scheme: ISMAP; staff: given ¦ 対象外です。 ¦ Does not apply. ¦ 備考
                BR-2 ¦ licence
                """);
        sheet("upkeep.xlsx", "score", """
                fact ¦ score
                title ¦ 点数 ¦ Score
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ COLLECT
                aggregation ¦ SUM
                行
                row ¦ staff ¦ conclusion
                score/1 ¦ > 10 ¦ 2.5
                score/2 ¦ > 100 ¦ 10
                """);
        sheet("upkeep.xlsx", "band", """
                fact ¦ band
                title ¦ 段階 ¦ Band
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ FIRST
                行
                row ¦ score ¦ conclusion ¦ message_ja ¦ message_en
                band/1 ¦ >= 10 ¦ HIGH ¦ 高い ¦ High
                band/2 ¦ - ¦ none
                """);
        sheet("upkeep.xlsx", "BR-4", """
                rule ¦ BR-4
                title ¦ 段階 ¦ Band
                clause ¦ basic-regulations 3.5
                hitPolicy ¦ FIRST
                discretion ¦ true
                notEnoughFacts ¦ 事実が不足しています。 ¦ Facts are missing.
                行
                row ¦ band ¦ asOf ¦ status ¦ finding:urgency ¦ message_ja ¦ message_en
                BR-4/1 ¦ HIGH ¦ ¦ REFER_TO_COMMITTEE ¦ IMMEDIATELY ¦ 照会します。 ¦ Referred.
                BR-4/2 ¦ ¦ ¦ NOT_APPLICABLE ¦ ¦ 対象外です。 ¦ Not applicable.
                """);
    }

    static RulebookFiles files() {
        var files = new TreeMap<String, byte[]>();
        SHEETS.keySet().forEach(path -> files.put(path, workbook(path)));
        return new RulebookFiles(files);
    }

    private static final Map<String, byte[]> WORKBOOKS = new java.util.concurrent.ConcurrentHashMap<>();

    private static byte[] workbook(String path) {
        return WORKBOOKS.computeIfAbsent(path, Sample::made);
    }

    private static byte[] made(String path) {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            SHEETS.getOrDefault(path, Map.of()).forEach((name, rows) -> fill(workbook.createSheet(name), rows));
            return bytes(workbook);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** Fills a sheet from lines; every cell is text. */
    static void fill(XSSFSheet sheet, String rows) {
        fill(sheet, 0, rows);
    }

    static void fill(XSSFSheet sheet, int first, String rows) {
        int number = first;
        for (String line : rows.split("\n")) {
            XSSFRow row = sheet.createRow(number++);
            String[] cells = line.split("¦", -1);
            for (int column = 0; column < cells.length; column++) {
                String text = cells[column].strip().replace("\\n", "\n");
                if (!text.isEmpty()) {
                    row.createCell(column).setCellValue(text);
                }
            }
        }
    }

    static byte[] bytes(XSSFWorkbook workbook) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    static byte[] edited(byte[] bytes, Consumer<XSSFWorkbook> edit) {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            edit.accept(workbook);
            return bytes(workbook);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    /** The sample with one workbook changed by hand. */
    static RulebookFiles with(String path, Consumer<XSSFWorkbook> edit) {
        return with(path, edited(workbook(path), edit));
    }

    static RulebookFiles with(String path, byte[] bytes) {
        var files = new TreeMap<>(files().contents());
        files.put(path, bytes);
        return new RulebookFiles(files);
    }

    static RulebookFiles without(String path) {
        var files = new TreeMap<>(files().contents());
        files.remove(path);
        return new RulebookFiles(files);
    }

    static byte[] bytesOf(String path) {
        return workbook(path);
    }

    static LoadedRulebook read(RulebookFiles files) {
        return new WorkbookRulebookReader(DerivationReader.none()).read(files);
    }
}
