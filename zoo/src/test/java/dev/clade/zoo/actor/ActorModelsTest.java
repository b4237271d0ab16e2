package dev.clade.zoo.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.space.Hyperparameters;
import dev.clade.space.Value;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Origin;
import dev.clade.trainer.Start;
import dev.clade.trainer.Trainer;
import dev.clade.zoo.member.Crew;
import dev.clade.zoo.member.CrewContract;
import dev.clade.zoo.member.Placement;
import dev.clade.zoo.member.Sharing;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.tensor.Device;
import dev.clade.zoo.world.arcade.Arcade;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActorModelsTest extends CrewContract<ActorModelsTest.Kind> {

    /// Who plays a game.
    ///
    /// @param forced actions without a policy: those of the numbers drawn. No rounding tips them, so that
    /// two members that are the same but for roundings see the same
    record Kind(Arcade game, boolean forced) {

        Choice choice() {
            return forced ? (_, _, actions, drawn) -> (int) (drawn * actions) : Choice.SAMPLED;
        }

        Settings settings() {
            return new Settings(game, 0, 4, 5, 0.5, 0.99, 1e-3, new Sharing(Device.CPU, OptionalInt.of(1)));
        }
    }

    private static final Kind DOTS = new Kind(Arcade.DOTS, false);

    @Override
    protected List<Kind> kinds() {
        return Stream.concat(Stream.of(Arcade.values()).map(game -> new Kind(game, false)), comparable().stream())
                .toList();
    }

    @Override
    protected List<Kind> comparable() {
        return Stream.of(Arcade.values()).map(game -> new Kind(game, true)).toList();
    }

    @Override
    protected Lanes lanes(Kind kind, int width) throws IOException {
        return Crew.of(count -> new ActorModels(kind.settings(), kind.choice(), count), width, Placement.HERE);
    }

    @Override
    protected Trainer alone(Kind kind) throws IOException {
        return Solo.of(() -> new ActorModel(kind.settings(), kind.choice()), Placement.HERE);
    }

    @Override
    protected Hyperparameters values(int member) {
        return new Hyperparameters(new TreeMap<>(Map.of(
                "lr", new Value.Real(5e-4 * (1 + member)),
                "entropy_cost", new Value.Real(0.01 * member),
                "value_cost", new Value.Real(0.5 / (1 + member)),
                "discount", new Value.Real(0.9 + 0.005 * member))));
    }

    @Override
    protected Map<String, Value> ruinous() {
        return Map.of("lr", new Value.Real(1e30));
    }

    @Override
    protected Tolerance tolerance() {
        return Tolerance.ROUNDINGS;
    }

    /// Returns are those of the same episodes.
    @Override
    protected double apart(String metric) {
        return metric.equals("entropy") ? 1e-3 : 0;
    }

    @Override
    protected Set<String> reported() {
        return Set.of("test_return", "test_normalised");
    }

    @Override
    protected Set<String> pictures() {
        return Set.of("episode.png");
    }

    /// With actions of the policy itself: the same ones as alone, for 20 steps. A rounding of 1e-7 would tip one of
    /// the 1,200 draws with a probability of about 1e-3; seeds are fixed, so only another processor could see it.
    @Test
    void members_inLanes_chooseAsEachDoesAlone() throws IOException {
        try (var lanes = lanes(DOTS, 3)) {
            lanes.begin(fresh(0, 1, 2));
            lanes.train(steps(20, 0, 1, 2));
            for (int member = 0; member < 3; member++) {
                try (var alone = separate(DOTS)) {
                    alone.begin(one(0, start(new Origin.Fresh(), member)));
                    alone.train(steps(20, 0));
                    equal(lanes, member, alone, 1e-4f);
                    assertThat(lanes.evaluate(one(member, 5L)).get(member))
                            .isEqualTo(alone.evaluate(one(0, 5L)).get(0));
                    assertThat(lanes.report(member, 6)).isEqualTo(alone.report(0, 6));
                }
            }
        }
    }

    @Test
    void evaluation_ofSomeLanes_isThatOfEach() throws IOException {
        try (var lanes = lanes(DOTS, 5)) {
            lanes.begin(fresh(0, 1, 2, 3, 4));
            lanes.train(steps(3, 0, 1, 2, 3, 4));
            var some = lanes.evaluate(new TreeMap<>(Map.of(0, 1L, 1, 2L, 3, 3L, 4, 4L)));
            assertThat(some).containsOnlyKeys(0, 1, 3, 4);
            assertThat(some.get(4)).isEqualTo(lanes.evaluate(one(4, 4L)).get(4));
            assertThat(some.get(1)).isEqualTo(lanes.evaluate(one(1, 2L)).get(1));
            assertThat(some.get(1)).isNotEqualTo(lanes.evaluate(one(1, 3L)).get(1));
        }
    }

    @Test
    void begin_anotherUnroll_isRefused() throws IOException {
        try (var lanes = lanes(DOTS, 2)) {
            var unroll = new Hyperparameters(new TreeMap<>(Map.of("unroll", new Value.Whole(7))));
            assertThatThrownBy(() -> lanes.begin(one(0, new Start(new Origin.Fresh(), 1, unroll, new TreeSet<>()))))
                    .hasMessageContaining("CLADE-3360");
        }
    }

    @Test
    void crewSize_thatIsMeasured_isNoLargerThanAsked() throws IOException {
        measuresItsSize(DOTS);
    }
}
