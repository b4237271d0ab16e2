package dev.clade.tuners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.population.Population;
import dev.clade.population.Segment.Source;
import dev.clade.population.Specification;
import dev.clade.tune.Tuner;
import dev.clade.tuners.fire.FasterImprovement;
import dev.clade.tuners.frequencies.MultipleFrequencies;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// `synchronous: true`: what is decided depends on barriers alone, not on slots; and at a barrier nobody takes an
/// outsider, or a parent, that another takes.
class InStepTest {

    private static final String[] SHORT = {"synchronous: true", "budget: {steps: 120}"};

    private static Population run(String tuner, Function<Specification, Tuner> tuners, int slots) {
        return new Greed("deceptive", tuner).run(5, tuners, slots, SHORT).population();
    }

    private static List<String> segments(Population population) {
        return population.members().stream()
                .flatMap(m -> m.segments().stream())
                .map(s -> s.member() + "/" + s.index() + " " + s.source() + " " + s.values() + " " + s.pair())
                .toList();
    }

    @Test
    void mfPbt_isTheSameOnAnyNumberOfSlots_andUsesAnOutsiderOnceARound() {
        var tuner = "{mf-pbt: {frequencies: [1, 2]}}";
        var one = run(tuner, new MultipleFrequencies()::read, 1);

        assertThat(segments(run(tuner, new MultipleFrequencies()::read, 7))).isEqualTo(segments(one));
        assertThat(copies(one, true)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(copies(one, false)).isNotEmpty();
    }

    @Test
    void fire_isTheSameOnAnyNumberOfSlots_andTriesAParentOnceAtATime() {
        var tuner = "{fire: {points: 4}}";
        var one = run(tuner, new FasterImprovement()::read, 1);

        assertThat(segments(run(tuner, new FasterImprovement()::read, 7))).isEqualTo(segments(one));
        assertThat(copies(one, true).stream().filter(c -> c.startsWith("evaluators of P2")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    /// Group, segment and donor of each copy, from another group or from the own.
    private static List<String> copies(Population population, boolean outside) {
        return population.members().stream()
                .flatMap(m -> m.segments().stream())
                .filter(s -> s.source() instanceof Source.Copied)
                .filter(s -> outside != group(population, s.member()).equals(group(population, donor(s.source()))))
                .map(s -> group(population, s.member()) + " " + s.index() + " " + donor(s.source()))
                .toList();
    }

    private static dev.clade.population.MemberId donor(Source source) {
        return source.from().orElseThrow().member();
    }

    private static String group(Population population, dev.clade.population.MemberId member) {
        return population.member(member).group().name();
    }
}
