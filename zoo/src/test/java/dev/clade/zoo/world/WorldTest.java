package dev.clade.zoo.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clade.random.Philox;
import dev.clade.zoo.world.arcade.Arcade;
import dev.clade.zoo.world.battle.Battle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {

    @TempDir
    Path folder;

    @Test
    void png_ofASheet_hasEveryPixel() throws IOException {
        var world = Arcade.BRICKS.world();
        world.reset(Philox.keyed(1, 0, 0, "world"));
        var first = world.frame(6);
        world.step(1);
        var sheet = Frame.sheet(List.of(first, world.frame(6), first), 2, 4, 0xFF00FF);
        assertThat(sheet.width()).isEqualTo(124);
        assertThat(sheet.height()).isEqualTo(124);
        assertThat(sheet.at(60, 0)).isEqualTo(0xFF00FF);
        sheet.png(folder.resolve("sheet.png"));
        var read = ImageIO.read(folder.resolve("sheet.png").toFile());
        assertThat(read.getWidth()).isEqualTo(sheet.width());
        for (int y = 0; y < sheet.height(); y++) {
            for (int x = 0; x < sheet.width(); x++) {
                assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(sheet.at(x, y));
            }
        }
    }

    /// Counts how often each action arrives.
    private static final class Counting implements World {

        final int[] arrived = new int[2];

        @Override
        public Shape shape() {
            return new Shape(1, 1, 1);
        }

        @Override
        public int actions() {
            return 2;
        }

        @Override
        public void reset(RandomGenerator random) {}

        @Override
        public double step(int action) {
            arrived[action]++;
            return 0;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void observe(float[] into, int at) {
            into[at] = 0;
        }

        @Override
        public Player scripted() {
            return () -> 0;
        }

        @Override
        public Frame frame(int scale) {
            return new Frame(scale, scale);
        }
    }

    /// With probability 0.25 the action before comes again: of actions that alternate, a quarter of the steps
    /// see the wrong one or a repetition of it. The chain's share of action 1 is a half; that of changes is
    /// computed here.
    @Test
    void sticky_actions_repeatTheOneBefore() {
        var counting = new Counting();
        var sticky = Sticky.of(counting, 0.25);
        sticky.reset(Philox.keyed(1, 0, 0, "sticky"));
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            int before = counting.arrived[1];
            sticky.step(i % 2);
            boolean one = counting.arrived[1] > before;
            wrong += one == (i % 2 == 1) ? 0 : 1;
        }
        // wrong now = sticks now, and what stuck is the other action: right before, or wrong before and alike.
        // Before a step the last action is the other one exactly if that step was right: w = 0.25 (1 - w).
        assertThat(wrong / 100_000.0).isCloseTo(0.2, within(0.006));
    }

    @Test
    void sticky_ofATargetedWorld_keepsMasksAndRepeatsFunctionsWithTheirTargets() {
        var plain = Battle.MELEE.world();
        var sticky = Sticky.of(plain, 0.25);
        assertThat(sticky).isInstanceOf(Targeted.class);
        var targeted = (Targeted) sticky;
        assertThat(sticky.actions()).isEqualTo(plain.actions());
        sticky.reset(Philox.keyed(1, 0, 0, "sticky"));
        var player = sticky.random(Philox.keyed(2, 0, 0, "player"));
        var asked = new float[plain.actions()];
        var told = new float[plain.actions()];
        for (int step = 0; step < 100; step++) {
            plain.mask(told, 0);
            targeted.mask(asked, 0);
            assertThat(asked).isEqualTo(told);
            int action = player.act();
            assertThat(told[action]).isOne();
            targeted.step(targeted.function(action), targeted.target(action));
        }
        assertThatThrownBy(() -> targeted.step(3, 256)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> targeted.step(6, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /// The same world twice: one sticks, the other is told what the first one did, which the same stream says.
    @Test
    void sticky_ofATargetedWorld_isTheWorldOfTheActionsThatStuck() {
        var sticky = (Targeted) Sticky.of(Battle.MELEE.world(), 0.5);
        var other = Battle.MELEE.world();
        var drawn = Philox.keyed(3, 0, 0, "sticky");
        sticky.reset(Philox.keyed(3, 0, 0, "sticky"));
        other.reset(drawn);
        var player = sticky.random(Philox.keyed(4, 0, 0, "player"));
        int last = 0;
        int stuck = 0;
        while (!sticky.ended()) {
            int action = player.act();
            if (drawn.nextDouble() >= 0.5) {
                last = action;
            }
            stuck += last == action ? 0 : 1;
            double reward = other.step(last);
            assertThat(sticky.step(sticky.function(action), sticky.target(action)))
                    .isEqualTo(reward);
        }
        assertThat(other.ended()).isTrue();
        assertThat(stuck).isPositive();
    }

    @Test
    void sticky_always_isRefused() {
        assertThatThrownBy(() -> Sticky.of(new Counting(), 1)).hasMessageContaining("in [0, 1), found 1.0");
    }

    @Test
    void world_beforeItsFirstEpisode_hasNothingToDrawFrom() {
        assertThatThrownBy(() -> World.NONE.nextInt()).hasMessage("no episode has begun");
    }
}
