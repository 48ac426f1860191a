package ismap.drools;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.drools.DrlTokens.Kind;
import ismap.drools.DrlTokens.Token;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Expression;
import ismap.rulebook.ExpressionReader;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Function;
import ismap.rulebook.Names;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTests;
import ismap.rulebook.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads one DRL file of the subset that {@code docs/drl.md} describes. What the subset does not have is a problem at its line; reading
 * goes on behind the rule's {@code end}. Nothing of the text is handed to Drools, whose parser runs what it finds in annotations.
 */
final class DrlRuleParser {

    private static final int MOST_RULES = 500;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?");
    private static final Set<String> ON_ONE_LINE = Set.of("import", "global", "dialect", "unit", "package");
    private static final String FACTS = "Facts";

    private final String file;
    private final DrlCursor cursor;
    private final Vocabulary vocabulary;
    private final ClauseRegister clauses;
    private final Set<String> parameters;
    private final List<Problem> problems;
    private final Map<String, String> lists = new TreeMap<>();
    private final Set<String> ruleNames = new HashSet<>();
    private final List<DrlRule> rules = new ArrayList<>();

    /** @param problems where problems are noted */
    DrlRuleParser(
            String file,
            String text,
            Vocabulary vocabulary,
            ClauseRegister clauses,
            Set<String> parameters,
            List<Problem> problems) {
        this.file = file;
        this.vocabulary = vocabulary;
        this.clauses = clauses;
        this.parameters = parameters;
        this.problems = problems;
        this.cursor = new DrlCursor(file, text, problems);
        for (FactDefinition fact : vocabulary.facts().values()) {
            if (fact.type() instanceof FactType.ListOf) {
                lists.put(
                        fact.name().substring(0, 1).toUpperCase(Locale.ROOT)
                                + fact.name().substring(1),
                        fact.name());
            }
        }
    }

    /** The rules that read well, in order. */
    List<DrlRule> rules() {
        try {
            head();
        } catch (DrlCursor.Refused noted) {
            cursor.skipLine();
        }
        while (cursor.peek().kind() != Kind.END) {
            if (rules.size() + problems.size() > MOST_RULES) {
                cursor.problem(
                        cursor.peek(),
                        "DRL_TOO_LARGE",
                        "一つのファイルの規則は%sまでです。",
                        "A file holds at most %s rules.",
                        "ファイルを分けてください。",
                        "Divide the file.",
                        MOST_RULES);
                return List.of();
            }
            statement();
        }
        return List.copyOf(rules);
    }

    private void head() throws DrlCursor.Refused {
        cursor.expect("package", "package の宣言", "the declaration of the package");
        do {
            cursor.word("パッケージの名前", "the name of the package");
        } while (cursor.accept("."));
        cursor.accept(";");
    }

    private void statement() {
        Token first = cursor.peek();
        try {
            if (first.is("rule")) {
                rule();
            } else if (first.is("global")) {
                global();
            } else {
                cursor.next();
                throw cursor.unsupported(first);
            }
        } catch (DrlCursor.Refused noted) {
            if (ON_ONE_LINE.contains(first.text())) {
                cursor.skipLine();
            } else {
                cursor.skipRule();
            }
        }
    }

    private void global() throws DrlCursor.Refused {
        Token first = cursor.next();
        for (String part : List.of("ismap", ".", "drools", ".", "Out", "out")) {
            if (!cursor.accept(part)) {
                throw cursor.refuse(
                        first,
                        "DRL_NOT_SUPPORTED",
                        "global に書けるのは ismap.drools.Out out だけです。",
                        "The only global is ismap.drools.Out out.",
                        "この行を「global ismap.drools.Out out;」とするか、消してください。",
                        "Write \"global ismap.drools.Out out;\", or remove the line.");
            }
        }
        cursor.accept(";");
    }

    // Rules ----------------------------------------------------------------------------------------------------------

    /** What the patterns of a rule have said so far. */
    private static final class When {
        private final Map<String, String> variables = new TreeMap<>();
        private final List<Expression> conditions = new ArrayList<>();
        private boolean facts;
        private Optional<String> list = Optional.empty();
        private Optional<Expression.Exists> exists = Optional.empty();
        private boolean absent;
    }

    private void rule() throws DrlCursor.Refused {
        int line = cursor.next().line();
        Token name = cursor.next();
        if (name.kind() != Kind.TEXT || name.text().isBlank()) {
            throw cursor.expected(name, "引用符で囲んだ規則の名前", "the name of the rule in quotation marks");
        }
        if (!ruleNames.add(name.text())) {
            cursor.problem(
                    name,
                    "DRL_RULE_TWICE",
                    "「%s」という名前の規則が二つあります。",
                    "Two rules are named \"%s\".",
                    "どちらかの名前を変えてください。",
                    "Give one of them another name.",
                    name.text());
        }
        Map<String, Token> annotations = annotations();
        Token when = cursor.peek();
        if (!cursor.accept("when")) {
            throw when.kind() == Kind.WORD ? cursor.unsupported(when) : cursor.expected(when, "when", "when");
        }
        When said = new When();
        while (!cursor.peek().is("then")) {
            pattern(said);
        }
        cursor.next();
        consequence(line, name.text(), annotations, said);
    }

    private Map<String, Token> annotations() throws DrlCursor.Refused {
        var annotations = new TreeMap<String, Token>();
        while (cursor.peek().is("@")) {
            Token sign = cursor.next();
            Token name = cursor.next();
            boolean known = name.is("clause") || name.is("assumption");
            if (!known || annotations.containsKey(name.text())) {
                throw cursor.refuse(
                        sign,
                        "DRL_NOT_SUPPORTED",
                        "注釈「@%s」は使えません。",
                        "The annotation \"@%s\" cannot stand here.",
                        "使えるのは @clause(\"文書 条項\") と @assumption(\"A-7\") を一つずつです。",
                        "A rule has one @clause(\"document clause\") and may have one @assumption(\"A-7\").",
                        name.text());
            }
            cursor.expect("(", "「(」", "\"(\"");
            Token value = cursor.next();
            if (value.kind() != Kind.TEXT) {
                throw cursor.expected(value, "引用符で囲んだ文字", "a text in quotation marks");
            }
            cursor.expect(")", "「)」", "\")\"");
            annotations.put(name.text(), value);
        }
        return annotations;
    }

    private Optional<Citation> citation(int line, Map<String, Token> annotations) {
        Token clause = annotations.get("clause");
        if (clause == null) {
            problems.add(Problem.error(
                    "CITATION_MISSING",
                    new Place.Line(file, line),
                    new Bilingual("規則に根拠条項がありません。", "The rule cites no clause."),
                    new Bilingual(
                            "規則の名前の下に @clause(\"basic-regulations 9.2\") のように書いてください。",
                            "Write it under the name of the rule: @clause(\"basic-regulations 9.2\").")));
            return Optional.empty();
        }
        int space = clause.text().indexOf(' ');
        String document = space < 0 ? clause.text() : clause.text().substring(0, space);
        String number = space < 0 ? "" : clause.text().substring(space + 1).strip();
        ClauseRegister.Document known = clauses.documents().get(document);
        if (known == null || clauses.find(document, number).isEmpty()) {
            cursor.problem(
                    clause,
                    "CLAUSE_UNKNOWN",
                    "条項「%s」は clauses.xlsx にありません。",
                    "The clause \"%s\" is not in clauses.xlsx.",
                    "条項の書き方を直すか、clauses.xlsx に加えてください。",
                    "Correct the citation, or add the clause.",
                    clause.text());
            return Optional.empty();
        }
        return Optional.of(new Citation(document, number, known.edition()));
    }

    // Patterns -------------------------------------------------------------------------------------------------------

    private void pattern(When said) throws DrlCursor.Refused {
        Token first = cursor.peek();
        if (first.is("exists") || first.is("not")) {
            cursor.next();
            exists(first, said);
            return;
        }
        Optional<String> variable = Optional.empty();
        if (first.kind() == Kind.WORD && first.text().startsWith("$")) {
            variable = Optional.of(cursor.next().text());
            cursor.expect(":", "「:」", "\":\"");
        }
        Token type = cursor.next();
        if (!isPatternType(type)) {
            throw type.kind() == Kind.WORD
                    ? cursor.unsupported(type)
                    : cursor.expected(type, "パターンまたは then", "a pattern or \"then\"");
        }
        boolean facts = type.is(FACTS);
        if (facts ? said.facts : said.list.isPresent()) {
            throw cursor.refuse(
                    type,
                    "DRL_NOT_SUPPORTED",
                    "「%s」のパターンがもう一つあります。Facts とリストの要素は、それぞれ一つまでです。",
                    "One more pattern, \"%s\". A rule has at most one of Facts and one of the elements of a list.",
                    "ほかのリストは exists か not で調べてください。",
                    "Ask about another list with exists or not.",
                    type.text());
        }
        String list = facts ? "" : list(type);
        if (facts) {
            said.facts = true;
        } else {
            said.list = Optional.of(list);
        }
        if (variable.isPresent() && said.variables.put(variable.get(), list) != null) {
            throw cursor.refuse(
                    type,
                    "DRL_VARIABLE_TWICE",
                    "変数「%s」が二つあります。",
                    "There are two variables \"%s\".",
                    "別の名前にしてください。",
                    "Give one of them another name.",
                    variable.get());
        }
        for (Constraint constraint : constraints(said, list)) {
            said.conditions.add(condition(constraint, list));
        }
    }

    private static boolean isPatternType(Token token) {
        return token.kind() == Kind.WORD && Character.isUpperCase(token.text().charAt(0));
    }

    private String list(Token type) throws DrlCursor.Refused {
        String list = lists.get(type.text());
        if (list == null) {
            throw cursor.refuse(
                    type,
                    "DRL_LIST_UNKNOWN",
                    "「%s」に当たるリストの事実はありません。",
                    "No list fact goes by \"%s\".",
                    "使えるのは次のとおりです: Facts, " + String.join(", ", lists.keySet()),
                    "There are Facts, " + String.join(", ", lists.keySet()) + ".",
                    type.text());
        }
        return list;
    }

    private void exists(Token first, When said) throws DrlCursor.Refused {
        Token type = cursor.next();
        if (!isPatternType(type)) {
            throw cursor.expected(type, "リストの名前", "the name of a list");
        }
        if (said.exists.isPresent()) {
            throw cursor.refuse(
                    first,
                    "DRL_NOT_SUPPORTED",
                    "exists と not は、合わせて一つまでです。%s",
                    "A rule has at most one exists or not.%s",
                    "二つ目は別の規則で導出した事実にしてください。",
                    "Derive a fact from the other in a rule of its own.",
                    "");
        }
        String list = list(type);
        if (recordOf(list).isEmpty()) {
            throw cursor.refuse(
                    type,
                    "DRL_NOT_SUPPORTED",
                    "「%s」の要素にはフィールドがないため、exists と not では調べられません。",
                    "The elements of \"%s\" have no fields, so exists and not cannot ask about them.",
                    "式の中で contains(リスト, 値) を使ってください。",
                    "Use contains(list, value) in an expression.",
                    list);
        }
        var matches = new ArrayList<Expression.Match>();
        boolean joined = false;
        for (Constraint constraint : constraints(said, list)) {
            matches.add(match(constraint, list));
            joined |= constraint.operator().is("==") && !(constraint.value() instanceof Expression.Literal);
        }
        if (!joined) {
            throw cursor.refuse(
                    first,
                    "DRL_JOIN_MISSING",
                    "「%s」のどの要素を探すのかが分かりません。",
                    "It does not say which elements of \"%s\" are meant.",
                    "「フィールド == $変数.フィールド」を一つ以上書いてください。",
                    "Compare at least one field with == and a $variable.field.",
                    list);
        }
        said.exists = Optional.of(new Expression.Exists(list, matches));
        said.absent = first.is("not");
    }

    private Optional<FactType.RecordOf> recordOf(String list) {
        return vocabulary
                .fact(list)
                .map(FactDefinition::type)
                .map(type -> ((FactType.ListOf) type).element())
                .filter(FactType.RecordOf.class::isInstance)
                .map(FactType.RecordOf.class::cast);
    }

    // Constraints ----------------------------------------------------------------------------------------------------

    /** @param type of the field, where the vocabulary has it */
    private record Constraint(Token field, Optional<FactType> type, Token operator, Expression value) {}

    private List<Constraint> constraints(When said, String list) throws DrlCursor.Refused {
        cursor.expect("(", "「(」", "\"(\"");
        var constraints = new ArrayList<Constraint>();
        if (cursor.accept(")")) {
            return constraints;
        }
        do {
            constraints.add(constraint(said, list));
        } while (cursor.accept(","));
        cursor.expect(")", "「,」または「)」", "\",\" or \")\"");
        return constraints;
    }

    private Constraint constraint(When said, String list) throws DrlCursor.Refused {
        Token field = cursor.word("フィールドの名前", "the name of a field");
        Token operator = cursor.next();
        if (!Set.of("==", "!=", "<", "<=", ">", ">=").contains(operator.text()) || operator.kind() != Kind.SIGN) {
            throw cursor.expected(operator, "==、!=、<、<=、>、>= のいずれか", "one of ==, !=, <, <=, >, >=");
        }
        Optional<FactType> type = typeOf(list, field.text());
        Token first = cursor.peek();
        if (first.kind() == Kind.WORD && first.text().startsWith("$")) {
            cursor.next();
            cursor.expect(".", "「.」とフィールドの名前", "\".\" and the name of a field");
            Token other = cursor.word("フィールドの名前", "the name of a field");
            String of = said.variables.get(first.text());
            if (of == null) {
                throw unknownVariable(first);
            }
            return new Constraint(
                    field,
                    type.or(() -> typeOf(of, other.text())),
                    operator,
                    new Expression.Fact(nameOf(of, other.text())));
        }
        return new Constraint(field, type, operator, new Expression.Literal(literal(type)));
    }

    private static String nameOf(String list, String field) {
        return list.isEmpty() ? field : list + "." + field;
    }

    /** The type of a field, or empty where it may be a derived one. */
    private Optional<FactType> typeOf(String list, String field) {
        return new Names(vocabulary, Map.of(), Map.of(), Set.of()).typeOf(nameOf(list, field));
    }

    private Value literal(Optional<FactType> type) throws DrlCursor.Refused {
        Token token = cursor.next();
        if (token.kind() == Kind.TEXT) {
            if (type.isEmpty()) {
                return Value.of(token.text());
            }
            if (type.get() instanceof FactType.Code
                    || type.get() instanceof FactType.Text
                    || type.get() instanceof FactType.Day) {
                try {
                    return new UnaryTests(type.get(), Set.of()).constant(token.text());
                } catch (UnaryTests.Unreadable unreadable) {
                    problems.add(
                            Problem.error("DRL_VALUE", cursor.place(token), unreadable.message(), unreadable.advice())
                                    .value(token.text()));
                    throw new DrlCursor.Refused();
                }
            }
        } else if (token.is("true") || token.is("false")) {
            if (type.isEmpty() || type.get() instanceof FactType.Truth) {
                return Value.of(token.is("true"));
            }
        } else if (token.kind() == Kind.NUMBER || token.is("-")) {
            Token digits = token.is("-") ? cursor.next() : token;
            if (digits.kind() == Kind.NUMBER
                    && digits.text().length() <= 30
                    && digits.text().matches("\\d+(\\.\\d+)?")
                    && (type.isEmpty() || type.get() instanceof FactType.Numeric)) {
                BigDecimal number = new BigDecimal(digits.text());
                return new Value.Number(token.is("-") ? number.negate() : number);
            }
        } else {
            throw cursor.expected(
                    token,
                    "引用符で囲んだ文字、数、true、false、$変数.フィールドのいずれか",
                    "a text in quotation marks, a number, true, false or a $variable.field");
        }
        throw cursor.refuse(
                token,
                "DRL_VALUE",
                "「%s」はこのフィールドの値になりません。",
                "\"%s\" is not a value of this field.",
                "このフィールドの型: " + type.map(FactType::describe).orElse("-"),
                "The field is a " + type.map(FactType::describe).orElse("-") + ".",
                token.text());
    }

    private Expression condition(Constraint constraint, String list) throws DrlCursor.Refused {
        Expression field = new Expression.Fact(nameOf(list, constraint.field().text()));
        Expression equal = call(Function.EQUAL, field, constraint.value());
        if (constraint.operator().is("==")) {
            return equal;
        }
        if (constraint.operator().is("!=")) {
            return call(Function.NOT, equal);
        }
        boolean days = order(constraint) instanceof FactType.Day;
        Expression order = call(Function.COMPARE, field, constraint.value());
        Expression before = call(Function.EQUAL, order, new Expression.Literal(Value.of(days ? "BEFORE" : "LESS")));
        Expression after = call(Function.EQUAL, order, new Expression.Literal(Value.of(days ? "AFTER" : "GREATER")));
        return switch (constraint.operator().text()) {
            case "<" -> before;
            case ">" -> after;
            case "<=" -> call(Function.NOT, after);
            default -> call(Function.NOT, before);
        };
    }

    /** The type by which fields are put in order: days or numbers, never texts. */
    private FactType order(Constraint constraint) throws DrlCursor.Refused {
        Optional<FactType> type = constraint
                .type()
                .or(() -> constraint.value() instanceof Expression.Literal literal
                                && literal.value() instanceof Value.Number
                        ? Optional.of(FactType.NUMBER)
                        : Optional.empty())
                .filter(known -> known instanceof FactType.Day || known instanceof FactType.Numeric);
        if (type.isEmpty()) {
            throw cursor.refuse(
                    constraint.operator(),
                    "DRL_ORDER",
                    "「%s」は日付でも数でもないので、大小を比べられません。",
                    "\"%s\" is not known to be a day or a number, so it has no order.",
                    "== か != を使うか、compare を使った導出を別に設けてください。",
                    "Use == or !=, or derive the comparison with compare.",
                    constraint.field().text());
        }
        return type.get();
    }

    private Expression.Match match(Constraint constraint, String list) throws DrlCursor.Refused {
        Token field = constraint.field();
        if (!recordOf(list).orElseThrow().fields().containsKey(field.text())) {
            throw cursor.refuse(
                    field,
                    "DRL_FIELD_UNKNOWN",
                    "リスト「%s」の要素にはフィールド「%s」がありません。",
                    "The elements of \"%s\" have no field \"%s\".",
                    "使えるのは次のとおりです: "
                            + String.join(
                                    ", ", recordOf(list).orElseThrow().fields().keySet()),
                    "There are "
                            + String.join(
                                    ", ", recordOf(list).orElseThrow().fields().keySet()) + ".",
                    list,
                    field.text());
        }
        UnaryTest.Operator operator = switch (constraint.operator().text()) {
            case "==" -> UnaryTest.Operator.EQUAL;
            case "<" -> UnaryTest.Operator.LESS;
            case "<=" -> UnaryTest.Operator.AT_MOST;
            case ">" -> UnaryTest.Operator.GREATER;
            case ">=" -> UnaryTest.Operator.AT_LEAST;
            default ->
                throw cursor.refuse(
                        constraint.operator(),
                        "DRL_NOT_SUPPORTED",
                        "exists と not の中では「%s」を使えません。",
                        "\"%s\" cannot stand inside exists or not.",
                        "== と比較で書き直してください。",
                        "Say it with == and comparisons.",
                        "!=");
        };
        if (operator != UnaryTest.Operator.EQUAL) {
            order(constraint);
        }
        return new Expression.Match(field.text(), operator, constraint.value());
    }

    private static Expression call(Function function, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments));
    }

    // Consequences ---------------------------------------------------------------------------------------------------

    private void consequence(int line, String ruleName, Map<String, Token> annotations, When said)
            throws DrlCursor.Refused {
        for (String part : List.of("out", ".", "derive", "(")) {
            if (!cursor.peek().is(part)) {
                throw onlyDerive(cursor.peek());
            }
            cursor.next();
        }
        Token name = cursor.next();
        if (name.kind() != Kind.TEXT) {
            throw cursor.expected(name, "引用符で囲んだ事実の名前", "the name of a fact in quotation marks");
        }
        cursor.expect(",", "「,」", "\",\"");
        Expression expression = expression(said);
        cursor.expect(";", "「;」", "\";\"");
        if (!cursor.peek().is("end")) {
            throw onlyDerive(cursor.peek());
        }
        cursor.next();
        Optional<Citation> citation = citation(line, annotations);
        if (isDerivable(name, said.list)) {
            rules.add(new DrlRule(
                    ruleName,
                    line,
                    citation,
                    Optional.ofNullable(annotations.get("assumption")).map(Token::text),
                    List.copyOf(said.conditions),
                    said.exists,
                    said.absent,
                    name.text(),
                    expression));
        }
    }

    private DrlCursor.Refused onlyDerive(Token token) {
        return token.kind() == Kind.WRONG
                ? cursor.wrong(token)
                : cursor.refuse(
                        token,
                        "DRL_CONSEQUENCE",
                        "「%s」はここに書けません。then の後は out.derive(\"名前\", 式); 一つだけです。",
                        "\"%s\" cannot stand here. After \"then\" comes out.derive(\"name\", expression); and nothing else.",
                        "導出を一つ書き、end で閉じてください。",
                        "Write one derivation and close the rule with end.",
                        token.text());
    }

    private Expression expression(When said) throws DrlCursor.Refused {
        Token first = cursor.peek();
        int depth = 0;
        while (depth > 0 || !cursor.peek().is(")")) {
            Token token = cursor.next();
            if (token.kind() == Kind.END) {
                throw cursor.expected(token, "「)」", "\")\"");
            }
            if (token.kind() == Kind.WRONG) {
                throw cursor.wrong(token);
            }
            if (token.kind() == Kind.SIGN && !Set.of("(", ")", ",", ".", "-").contains(token.text())) {
                throw cursor.expected(token, "関数、名前、値のいずれか", "a function, a name or a value");
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        Token closing = cursor.next();
        String text = cursor.between(first, closing);
        try {
            return ExpressionReader.read(text, parameters, written -> fact(written, said));
        } catch (ExpressionReader.Unreadable unreadable) {
            int line = first.line()
                    + (int) text.substring(0, Math.min(unreadable.position(), text.length()))
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            problems.add(Problem.error(
                            "DRL_EXPRESSION",
                            new Place.Line(file, line),
                            unreadable.problem(),
                            new Bilingual(
                                    "事実は $変数.名前 と書きます。使える関数は docs/rulebook-format.md にあります。",
                                    "Write facts as $variable.name. The functions are listed in docs/rulebook-format.md."))
                    .value(text));
            throw new DrlCursor.Refused();
        }
    }

    private static Optional<String> fact(String written, When said) {
        int dot = written.indexOf('.');
        if (dot < 0 || written.indexOf('.', dot + 1) >= 0 || dot + 1 == written.length()) {
            return Optional.empty();
        }
        return Optional.ofNullable(said.variables.get(written.substring(0, dot)))
                .map(list -> nameOf(list, written.substring(dot + 1)));
    }

    private boolean isDerivable(Token name, Optional<String> list) {
        String fact = name.text();
        int dot = fact.indexOf('.');
        boolean known = vocabulary
                .fact(fact)
                .filter(definition -> definition.kind() == FactDefinition.Kind.INPUT)
                .isPresent();
        boolean field = dot > 0 && typeOf("", fact).isPresent();
        if (known || field) {
            cursor.problem(
                    name,
                    "INPUT_IS_DERIVED",
                    "「%s」は入力なので、導出できません。",
                    "\"%s\" is an input, so nothing derives it.",
                    "別の名前にするか、語彙の区分を either または derived に変えてください。",
                    "Give it another name, or make it either or derived in the vocabulary.",
                    fact);
            return false;
        }
        String wanted = list.map(element -> element + ".").orElse("");
        String own = dot < 0 ? "" : fact.substring(0, dot + 1);
        boolean reserved = fact.equals(Names.AS_OF) || fact.equals(Names.APPLICABLE_DAY) || parameters.contains(fact);
        if (!NAME.matcher(fact).matches() || reserved || !own.equals(wanted)) {
            cursor.problem(
                    name,
                    "DRL_NAME",
                    "「%s」という名前では導出できません。",
                    "\"%s\" cannot be the name of what is derived here.",
                    list.isPresent()
                            ? "要素について導出する名前は " + wanted + "名前 とします。"
                            : "英数字の名前とします。要素について導出するには、その要素のパターンが要ります。",
                    list.isPresent()
                            ? "What is derived of an element is named " + wanted + "name."
                            : "Use letters and digits. To derive something of an element, write a pattern for it.",
                    fact);
            return false;
        }
        return true;
    }

    private DrlCursor.Refused unknownVariable(Token variable) {
        return cursor.refuse(
                variable,
                "DRL_VARIABLE_UNKNOWN",
                "変数「%s」は、これより前のパターンにありません。",
                "No pattern before this one has the variable \"%s\".",
                "「%s : …」のように、先に書いてください。".formatted(variable.text()),
                "Write \"%s : …\" before it.".formatted(variable.text()),
                variable.text());
    }
}
