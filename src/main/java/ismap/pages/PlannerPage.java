package ismap.pages;

import ismap.decision.Bilingual;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The planner: what is entered for one plan or two, and the plans that came of it.
 *
 * @param plans none before anything was entered, or where something is wrong
 */
public record PlannerPage(List<Side> sides, List<Mistake> mistakes, List<Planned> plans, Standing standing) {

    /** What is entered for one plan. */
    public record Side(String key, Bilingual title, List<QuestionField> fields) {
        public Side {
            fields = List.copyOf(fields);
        }
    }

    /** @param target the field that it is about */
    public record Mistake(String target, Bilingual message) {}

    /**
     * @param asOf the day on which it is looked at, {@code today} in words
     * @param assumed days that stand in for those that were not entered
     */
    public record Planned(
            String key,
            Bilingual title,
            LocalDate asOf,
            Bilingual today,
            List<Row> rows,
            List<Day> entered,
            List<Day> assumed,
            List<Why> objections) {
        public Planned {
            rows = List.copyOf(rows);
            entered = List.copyOf(entered);
            assumed = List.copyOf(assumed);
            objections = List.copyOf(objections);
        }

        public Optional<Timeline> timeline() {
            return Timeline.of(rows, asOf);
        }

        /** The line of that name in this plan. */
        public Optional<Row> row(String id) {
            return rows.stream().filter(row -> row.id().equals(id)).findFirst();
        }
    }

    /**
     * @param kind {@code MUST}, {@code GUIDE} or {@code RESULT}; {@code said} has it in words
     * @param days in words, with the first and the last one beside them
     */
    public record Row(
            String id,
            int cycle,
            String kind,
            Bilingual said,
            Bilingual what,
            Bilingual days,
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            boolean past,
            List<Why> why) {
        public Row {
            why = List.copyOf(why);
        }

        /** The first reason of each rule that it rests on. */
        public List<Why> rules() {
            var rules = new LinkedHashMap<String, Why>();
            why.forEach(each -> rules.putIfAbsent(each.rule(), each));
            return List.copyOf(rules.values());
        }

        /** How it is marked, beside its words. */
        public String mark() {
            return switch (kind) {
                case "MUST" -> "no";
                case "GUIDE" -> "warn";
                default -> "idle";
            };
        }
    }

    public record Day(Bilingual name, Bilingual day) {}

    /** @param page of the rule */
    public record Why(Bilingual day, Bilingual message, Bilingual citation, String rule, String page) {}

    public PlannerPage {
        sides = List.copyOf(sides);
        mistakes = List.copyOf(mistakes);
        plans = List.copyOf(plans);
    }

    /** All lines that some plan has, each once: those of the first plan, and behind them what only the other one has. */
    public List<Row> lines() {
        var lines = new LinkedHashMap<String, Row>();
        plans.forEach(plan -> plan.rows().forEach(row -> lines.putIfAbsent(row.id(), row)));
        return lines.values().stream()
                .sorted(Comparator.comparingInt(Row::cycle))
                .toList();
    }
}
