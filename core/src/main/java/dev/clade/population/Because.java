package dev.clade.population;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Why a decision is as it is.
///
/// @param rule the rule that decided, in its own word
/// @param over the members that were compared, where they are few
/// @param facts what it went by, for people; no tuner reads them
public record Because(String rule, List<MemberId> over, SortedMap<String, String> facts) {

    public Because {
        over = List.copyOf(over);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Because of(String rule) {
        return new Because(rule, List.of(), new TreeMap<>());
    }

    /// The same reason with one more fact.
    public Because and(String name, Object fact) {
        var more = new TreeMap<>(facts);
        more.put(name, String.valueOf(fact));
        return new Because(rule, over, more);
    }

    /// The same reason with the members that were compared.
    public Because over(List<MemberId> members) {
        return new Because(rule, members, facts);
    }
}
