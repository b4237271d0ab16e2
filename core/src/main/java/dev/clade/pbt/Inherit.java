package dev.clade.pbt;

import dev.clade.pbt.Standing.Place;
import dev.clade.population.Member;
import dev.clade.population.Pair;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Parameter;
import dev.clade.space.Parameter.Change;
import dev.clade.space.Space;

/// What a recipient takes from its donor: weights, hyperparameters or both. Structure (`change: never`) always
/// travels with the weights; where they stay, only donors of equal structure qualify.
public record Inherit(boolean weights, boolean hyperparameters) {

    public static final Inherit BOTH = new Inherit(true, true);

    public Inherit {
        if (!weights && !hyperparameters) {
            throw new IllegalArgumentException("a copy of nothing is no copy: use exploit: none");
        }
    }

    /// The standing in which only those who qualify give.
    Standing among(Standing standing, Space space, Member member) {
        var structure = space.parameters().stream()
                .filter(p -> p.change() == Change.NEVER)
                .map(Parameter::name)
                .toList();
        if (weights || structure.isEmpty()) {
            return standing;
        }
        var own = member.segment().orElseThrow().values();
        var places = standing.best().stream()
                .map(place -> place.member().equals(member.id())
                        ? place
                        : new Place(
                                place.member(),
                                place.pair()
                                        .filter(pair -> structure.stream()
                                                .allMatch(name -> own.find(name)
                                                        .equals(pair.values().find(name)))),
                                place.score()))
                .toList();
        return new Standing(places, standing.sign(), standing.leftOut());
    }

    Hyperparameters values(Space space, Member member, Pair donor, Randomness random) {
        var own = member.segment().orElseThrow().values();
        return space.structured(hyperparameters ? donor.values() : own, weights ? donor.values() : own, random);
    }
}
