package ismap.pages;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.decision.WrittenDates;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Rulebook;
import ismap.traceability.Words;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Facts and values in the words of a rulebook, for somebody who has never seen a code of it. */
public final class Said {

    public static final Bilingual YES = new Bilingual("はい", "Yes");
    public static final Bilingual NO = new Bilingual("いいえ", "No");
    public static final Bilingual NONE = new Bilingual("なし", "None");
    public static final Bilingual UNKNOWN = new Bilingual("わからない", "I don't know");

    private static final DateTimeFormatter DAY_JA = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.JAPAN);
    private static final DateTimeFormatter DAY_EN = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Rulebook rulebook;
    private final Words words;

    public Said(Rulebook rulebook) {
        this.rulebook = rulebook;
        this.words = new Words(rulebook);
    }

    public Bilingual name(String name) {
        return words.name(name);
    }

    public Bilingual status(Status status) {
        return words.status(status);
    }

    /** The words for a code of something that the vocabulary names: {@code known_by}, a fact, a list whose field it is. */
    public Bilingual label(String of, String code) {
        Map<String, Map<String, Bilingual>> labels = rulebook.vocabulary().codeLabels();
        int dot = of.indexOf('.');
        return rulebook.vocabulary()
                .label(of, code)
                .or(() -> dot < 0
                        ? Optional.empty()
                        : Optional.ofNullable(labels.getOrDefault(of.substring(0, dot), Map.of())
                                .get(code)))
                .filter(label -> !label.isBlank())
                .orElse(new Bilingual(code, code));
    }

    /** What a field of the elements of a list is called. */
    public Bilingual field(String list, String field) {
        return label(list, field);
    }

    public Bilingual knownBy(String who) {
        return who.isBlank() ? Bilingual.EMPTY : label("known_by", who);
    }

    public Bilingual document(String id) {
        Document document = rulebook.clauses().documents().get(id);
        return document == null ? new Bilingual(id, id) : document.title();
    }

    /** As people cite it. */
    public Bilingual citation(Citation citation) {
        Bilingual document = document(citation.document());
        Bilingual clause = Labels.clause(citation.clause());
        return new Bilingual(
                (document.ja() + " " + clause.ja()).strip(),
                ((document.en().isBlank() ? document.ja() : document.en()) + " " + clause.en()).strip());
    }

    /** In the western calendar and in that of eras. */
    public static Bilingual day(LocalDate day) {
        Bilingual era = WrittenDates.inEra(day);
        return new Bilingual(
                DAY_JA.format(day) + (era.isBlank() ? "" : "（" + era.ja() + "）"),
                DAY_EN.format(day) + (era.isBlank() ? "" : " (" + era.en() + ")"));
    }

    public Bilingual value(String name, Value value) {
        if (value.isNone()) {
            return NONE;
        }
        if (value == Value.UNKNOWN) {
            return new Bilingual("不明", "Not known");
        }
        if (value instanceof Value.Truth truth) {
            return truth.value() ? YES : NO;
        }
        if (value instanceof Value.Day day) {
            return day(day.date());
        }
        if (value instanceof Value.Elements list) {
            return list.values().isEmpty()
                    ? NONE
                    : joined(
                            list.values().stream()
                                    .map(each -> value(name, each))
                                    .toList(),
                            "、",
                            ", ");
        }
        if (value instanceof Value.Element element) {
            var fields = new ArrayList<Bilingual>();
            element.fields().forEach((field, each) -> {
                Bilingual label = field(name, field);
                Bilingual said = value(name + "." + field, each);
                fields.add(new Bilingual(label.ja() + "：" + said.ja(), label.en() + ": " + said.en()));
            });
            return joined(fields, "、", ", ");
        }
        if (value instanceof Value.Text text) {
            return label(name, text.text());
        }
        if (value instanceof Value.Number number) {
            return label(name, number.toString());
        }
        String text = value.toString();
        return new Bilingual(text, text);
    }

    /** What was entered, as the API takes it; null where it is not known. */
    public Bilingual entered(FactDefinition fact, @Nullable Object raw) {
        return raw == null ? UNKNOWN : value(fact.name(), read(fact.type(), raw));
    }

    /** What cannot be read is shown as it stands; that it is wrong is said elsewhere. */
    private static Value read(FactType type, @Nullable Object raw) {
        if (raw == null) {
            return Value.UNKNOWN;
        }
        if (raw instanceof List<?> list) {
            FactType element = type instanceof FactType.ListOf of ? of.element() : type;
            return new Value.Elements(
                    list.stream().map(each -> read(element, each)).toList());
        }
        if (raw instanceof Map<?, ?> map) {
            var fields = new java.util.HashMap<String, Value>();
            map.forEach((field, each) -> {
                FactType.Field known =
                        type instanceof FactType.RecordOf of ? of.fields().get(String.valueOf(field)) : null;
                fields.put(String.valueOf(field), read(known == null ? FactType.TEXT : known.type(), each));
            });
            return new Value.Element(fields);
        }
        if (raw instanceof Boolean truth) {
            return Value.of(truth);
        }
        if (raw instanceof BigDecimal number) {
            return new Value.Number(number);
        }
        String text = String.valueOf(raw);
        if (type instanceof FactType.Day) {
            try {
                return Value.of(LocalDate.parse(text));
            } catch (DateTimeException withTime) {
                return Value.of(text);
            }
        }
        return Value.of(text);
    }

    private static Bilingual joined(List<Bilingual> parts, String ja, String en) {
        Function<Bilingual, String> english = part -> part.en().isBlank() ? part.ja() : part.en();
        return new Bilingual(
                String.join(ja, parts.stream().map(Bilingual::ja).toList()),
                String.join(en, parts.stream().map(english).toList()));
    }
}
