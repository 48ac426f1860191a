package ismap.xlsx;

import ismap.decision.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What a cell holds; a blank cell is not there. */
sealed interface Content {

    /** @param text never blank; line ends are {@code \n} */
    record Text(String text) implements Content {
        @Override
        public String toString() {
            return text;
        }
    }

    /** @param value rounded to the 15 significant digits that every spreadsheet program keeps */
    record Number(BigDecimal value) implements Content {
        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    record Day(LocalDate day) implements Content {
        @Override
        public String toString() {
            return day.toString();
        }
    }

    record Truth(boolean value) implements Content {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A cell that is no use to anybody: a formula, an error, a time of day. */
    record Refused(Problem problem) implements Content {
        @Override
        public String toString() {
            return problem.value();
        }
    }
}
