package dev.clade.pbt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.testkit.Property;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AdaptiveProperty {

    private static final long SEED = 20261125;

    /// What each member does, one after the other, and two orders in which members take turns.
    private record Case(List<List<Act>> members, List<Integer> one, List<Integer> other) {}

    /// @param donor whose segment before is copied; its own weights where that is the member
    private record Act(int donor, boolean fails, boolean stops, long steps, double score) {}

    private static Case of(RandomGenerator random, boolean rounds) {
        int members = random.nextInt(1, 5);
        int segments = random.nextInt(1, 12);
        var acts = new ArrayList<List<Act>>();
        for (int m = 0; m < members; m++) {
            var own = new ArrayList<Act>();
            for (int n = 0; n < segments; n++) {
                int donor = rounds && n > 0 && random.nextInt(4) == 0 ? random.nextInt(members) : m;
                boolean fails = !rounds && random.nextInt(8) == 0;
                boolean stops = !rounds && random.nextInt(12) == 0;
                long steps = random.nextBoolean() ? 10 : random.nextInt(7, 15);
                own.add(new Act(donor, fails, stops, steps, random.nextInt(6)));
                if (stops) {
                    break;
                }
            }
            acts.add(own);
        }
        return new Case(acts, order(acts, random, rounds), order(acts, random, rounds));
    }

    private static List<Integer> order(List<List<Act>> acts, RandomGenerator random, boolean rounds) {
        var shuffler = new Random(random.nextLong());
        var order = new ArrayList<Integer>();
        int longest = acts.stream().mapToInt(List::size).max().orElseThrow();
        for (int n = 0; n < longest; n++) {
            var round = new ArrayList<Integer>();
            for (int m = 0; m < acts.size(); m++) {
                if (n < acts.get(m).size()) {
                    round.add(m);
                }
            }
            Collections.shuffle(round, shuffler);
            order.addAll(round);
        }
        if (!rounds) {
            Collections.shuffle(order, shuffler);
        }
        return order;
    }

    private static Adaptive told(Case what, List<Integer> order) {
        var telling = Telling.of(Adaptive.from(10, 7, 14), what.members().size());
        var next = new int[what.members().size()];
        for (int member : order) {
            int n = next[member]++;
            var act = what.members().get(member).get(n);
            if (act.stops()) {
                telling.stops(member);
            } else if (act.fails()) {
                telling.fails(member, act.steps());
            } else if (act.donor() != member) {
                telling.copies(member, act.donor(), n, act.score(), act.steps(), act.score() + 1);
            } else {
                telling.ends(member, act.steps(), act.score());
            }
        }
        return telling.ready();
    }

    @Test
    void learn_anyOrderWithinRounds_endsUpEqual() {
        Property.holds(
                SEED,
                300,
                random -> of(random, true),
                what -> assertThat(told(what, what.one())).isEqualTo(told(what, what.other())));
    }

    @Test
    void learn_anyOrderOfMembers_endsUpEqual() {
        Property.holds(
                SEED + 1,
                300,
                random -> of(random, false),
                what -> assertThat(told(what, what.one())).isEqualTo(told(what, what.other())));
    }
}
