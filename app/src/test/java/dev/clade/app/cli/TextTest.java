package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clade.trainer.Evaluation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.5, 0.5",
        "0.00123456, 0.001235",
        "0.0001, 0.0001",
        "0.00001, 1e-5",
        "0.0000123456, 1.235e-5",
        "0.99996, 1",
        "-12.3456, -12.35",
        "123456.7, 123457",
        "999999.9, 1000000",
        "1e15, 1e15",
        "-1.5e-300, -1.5e-300",
        "NaN, nan",
        "Infinity, inf",
        "-Infinity, -inf"
    })
    void numbersHaveFourDigitsAndAllBeforeThePoint(double number, String text) {
        assertEquals(text, Text.number(number));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1550, 1.6 kB",
        "99500, 100 kB",
        "999499, 999 kB",
        "999500, 1 MB",
        "123456789, 123 MB",
        "9223372036854775807, 9.2 EB"
    })
    void sizesAreInUnitsOfAThousand(long bytes, String text) {
        assertEquals(text, Text.size(bytes));
    }

    @Test
    void timesAreToTheSecond() {
        assertEquals("0 s", Text.time(Duration.ofMillis(999)));
        assertEquals("59 s", Text.time(Duration.ofSeconds(59)));
        assertEquals("3 m 07 s", Text.time(Duration.ofSeconds(187)));
        assertEquals("26 h 05 m", Text.time(Duration.ofMinutes(26 * 60 + 5)));
        assertEquals("24 ms", Text.brief(Duration.ofMillis(24)));
        assertEquals("59.9 s", Text.brief(Duration.ofMillis(59_900)));
        assertEquals("1 m 00 s", Text.brief(Duration.ofSeconds(60)));
    }

    @Test
    void anIntervalEndsTheMeanAtTheDigitInDoubt() {
        // scipy.stats.t.interval(0.95, 2, 2, scipy.stats.sem([1, 2, 3])) = (-0.4841, 4.4841)
        assertEquals(
                "2.0 +- 2.5 (95 % interval of the mean of 3 samples)",
                Readings.interval(Evaluation.of("m", List.of(1.0, 2.0, 3.0)), "m"));
        assertEquals("7 (one sample)", Readings.interval(Evaluation.of("m", 7), "m"));
        assertEquals("not measured", Readings.interval(Evaluation.of("m", 7), "other"));
        assertEquals("5 (the same in all of 2 samples)", Readings.interval(Evaluation.of("m", List.of(5.0, 5.0)), "m"));
    }

    @Test
    void columnsOfNumbersStandRight() {
        var out = new StringWriter();
        new Table("name", "n").row("a", "10").row("long name", "-").print(new PrintWriter(out), " ");
        assertEquals(
                " name        n\n a          10\n long name   -\n",
                out.toString().replace(System.lineSeparator(), "\n"));
    }
}
