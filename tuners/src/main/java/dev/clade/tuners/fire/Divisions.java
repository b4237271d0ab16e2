package dev.clade.tuners.fire;

import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import java.util.List;
import java.util.stream.IntStream;

/// Who belongs where: members of P1 first, then those of P2 and so on, then the evaluators. An evaluator
/// tries the members of one sub-population, its level, for the one below.
///
/// @param sizes of P1, P2, ...; at least two
/// @param evaluators how many, for all levels from 2 in turn
record Divisions(List<Integer> sizes, int evaluators) {

    private static final String EVALUATORS = "evaluators of ";

    Divisions {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || evaluators < sizes.size() - 1) {
            throw new IllegalArgumentException("no divisions: " + sizes + ", " + evaluators);
        }
    }

    Group group(MemberId who) {
        int place = who.index();
        for (int level = 1; level <= sizes.size(); level++) {
            if (place < sizes.get(level - 1)) {
                return new Group(name(level), true);
            }
            place -= sizes.get(level - 1);
        }
        return place < evaluators
                ? new Group(EVALUATORS + name(2 + place % (sizes.size() - 1)), false)
                : new Group(name(1), true);
    }

    private static String name(int level) {
        return "P" + level;
    }

    /// The level of a member of a sub-population, from 1; 0 for all others.
    int level(Member member) {
        return among(member, "");
    }

    /// The level of those whom an evaluator tries, from 2; 0 for all others.
    int tries(Member member) {
        return among(member, EVALUATORS);
    }

    private int among(Member member, String prefix) {
        return IntStream.rangeClosed(1, sizes.size())
                .filter(level -> member.group().name().equals(prefix + name(level)))
                .findFirst()
                .orElse(0);
    }
}
