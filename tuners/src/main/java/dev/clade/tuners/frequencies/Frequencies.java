package dev.clade.tuners.frequencies;

import dev.clade.population.Group;
import dev.clade.population.Member;
import dev.clade.population.MemberId;
import java.util.ArrayList;
import java.util.List;

/// The sub-populations, one for each frequency. Members are dealt to them in turn, so that `start` values
/// spread.
///
/// @param every segments between two rounds of each sub-population, all at least 1
record Frequencies(List<Integer> every) {

    Frequencies {
        every = List.copyOf(every);
        if (every.isEmpty() || every.stream().anyMatch(e -> e < 1)) {
            throw new IllegalArgumentException("no frequencies: " + every);
        }
    }

    Group group(MemberId who) {
        return new Group(names().get(who.index() % every.size()), true);
    }

    /// Segments between two rounds of a member. It goes by the group in the log; one that was enrolled under
    /// other frequencies has that of its place among these.
    int of(Member member) {
        int place = names().indexOf(member.group().name());
        return every.get(place < 0 ? member.id().index() % every.size() : place);
    }

    /// `every 10`; the second of that frequency is `every 10 (2)`.
    private List<String> names() {
        var names = new ArrayList<String>();
        for (int i = 0; i < every.size(); i++) {
            int one = every.get(i);
            long before = every.subList(0, i).stream().filter(e -> e == one).count();
            names.add("every " + one + (before == 0 ? "" : " (" + (before + 1) + ")"));
        }
        return names;
    }
}
