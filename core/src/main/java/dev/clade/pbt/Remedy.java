package dev.clade.pbt;

import dev.clade.population.Because;
import dev.clade.population.Decision.Plan;
import dev.clade.population.Decision.Until;
import dev.clade.population.Entry;
import dev.clade.population.Greed;
import dev.clade.population.MemberId;
import dev.clade.population.Pair;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.space.Space;
import java.util.Optional;
import java.util.TreeMap;

/// An answer to [Greed], for those who ask for it (`greed:` in files): while a population descends from
/// few, is narrow, or has had no new best for long, recipients draw more of their values anew, some draw
/// all of them (migrants: a donor's weights under values from outside), and segments are longer, so that
/// what is compared has had longer to show its price. All these numbers are ours; `docs/greed.md` has
/// their effect as measured.
///
/// @param founders the share of members that are ancestries of their own, below which a population descends from few
/// @param width the spread ([Greed#width]) below which a population counts as narrow
/// @param stale decisions a member without a new best, above which it counts as stuck
/// @param resample the chance, element by element, of a new draw instead of a move
/// @param migrants the chance that a recipient draws all its values anew
/// @param longer by how much segments are longer
public record Remedy(double founders, double width, double stale, double resample, double migrants, double longer) {

    public static final double DEFAULT_FOUNDERS = 0.5;
    public static final double DEFAULT_WIDTH = 0.25;
    public static final double DEFAULT_STALE = 5;
    public static final double DEFAULT_RESAMPLE = 0.25;
    public static final double DEFAULT_MIGRANTS = 0.1;
    public static final double DEFAULT_LONGER = 2;

    public Remedy {
        if (!(chance(founders) && width >= 0 && stale > 0 && chance(resample) && chance(migrants) && longer >= 1)) {
            throw new IllegalArgumentException("no remedy: " + founders + ", " + width + ", " + stale + ", " + resample
                    + ", " + migrants + ", " + longer);
        }
    }

    private static boolean chance(double p) {
        return p >= 0 && p <= 1;
    }

    /// Why a population needs it now, if it does.
    Optional<String> why(Population seen) {
        if (seen.stale() > stale * seen.live()) {
            return Optional.of("no new best for " + seen.stale() + " decisions");
        }
        var greed = Greed.of(seen);
        if (greed.members() < 2) {
            return Optional.empty();
        }
        if (greed.founders() < founders * greed.members()) {
            return Optional.of(greed.founders() + " of " + greed.members() + " ancestries alive");
        }
        return greed.width() < width
                ? Optional.of("a spread of " + greed.width() + " of the prior's")
                : Optional.empty();
    }

    /// Explores more widely while it is needed.
    record Wider(Explore explore, Remedy remedy) implements Explore {

        @Override
        public Moved from(
                Hyperparameters values, Optional<Pair> weights, MemberId who, Population seen, Randomness random) {
            var moved = explore.from(values, weights, who, seen, random);
            return remedy.why(seen).map(why -> wider(moved, why, seen, random)).orElse(moved);
        }

        private Moved wider(Moved moved, String why, Population seen, Randomness random) {
            boolean migrant = random.of("migrant").nextDouble() < remedy.migrants();
            double chance = migrant ? 1 : remedy.resample();
            var space = seen.specification().space();
            var drawn = space.moved(
                    moved.values(),
                    (parameter, value) -> Space.eachElement(parameter, value, (element, index) -> {
                        var purpose = Space.purpose("remedy", parameter, index);
                        return random.of("chance/" + purpose).nextDouble() < chance
                                ? parameter.domain().draw(random.of(purpose))
                                : element;
                    }),
                    random);
            var facts = new TreeMap<>(moved.facts());
            facts.put("greed", why + (migrant ? "; a migrant" : ""));
            return new Moved(drawn, facts);
        }

        @Override
        public boolean always() {
            return explore.always();
        }

        @Override
        public Explore learn(Entry entry, Population after) {
            return new Wider(explore.learn(entry, after), remedy);
        }

        @Override
        public boolean learns() {
            return explore.learns();
        }

        @Override
        public boolean serial() {
            return explore.serial();
        }
    }

    /// Lets members train for longer while it is needed.
    record Longer(Ready ready, Remedy remedy) implements Ready {

        @Override
        public Plan next(MemberId who, Population seen) {
            var plan = ready.next(who, seen);
            long step = seen.member(who).step();
            return plan.until() instanceof Until.Steps steps && remedy.why(seen).isPresent()
                    ? new Plan(
                            new Until.Steps(step + StrictMath.round((steps.step() - step) * remedy.longer())),
                            plan.evaluations(),
                            plan.evaluateFirst(),
                            plan.order())
                    : plan;
        }

        @Override
        public Ready learn(Entry entry, Population after) {
            return new Longer(ready.learn(entry, after), remedy);
        }

        @Override
        public boolean learns() {
            return ready.learns();
        }

        @Override
        public boolean byTheClock() {
            return ready.byTheClock();
        }

        @Override
        public Because explained(Because because) {
            return ready.explained(because);
        }
    }
}
