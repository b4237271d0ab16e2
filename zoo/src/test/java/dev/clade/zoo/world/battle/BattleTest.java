package dev.clade.zoo.world.battle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clade.random.Philox;
import dev.clade.zoo.world.Marks;
import dev.clade.zoo.world.RandomPlay;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds of all mini-games, beside what every level owes.
class BattleTest {

    @ParameterizedTest
    @EnumSource
    void randomPlay_ofManySteps_breaksNoInvariant(Battle game) {
        var world = (Skirmish) game.world();
        var step = new AtomicInteger();
        RandomPlay.hold(world, 400, 100_000, (reward, _) -> {
            check(reward >= -24 && reward <= 160, "reward", step.get());
            holds(world.arena, step.getAndIncrement());
        });
    }

    private static void holds(Arena arena, int step) {
        int standing = 0;
        for (int cell = 0; cell < arena.board.cells; cell++) {
            var unit = arena.board.at(cell);
            standing += unit == null ? 0 : 1;
            check(unit == null || (unit.alive && unit.cell == cell), "who stands in a cell", step);
            check(unit == null || !arena.board.fixed(cell), "a unit in something fixed", step);
        }
        check(standing == arena.own.count() + arena.enemies.count(), "how many stand", step);
        holds(arena.own, step);
        holds(arena.enemies, step);
        int fixed = 0;
        for (var field : arena.labour.fields) {
            check(!field.there || (field.left > 0 && arena.board.fixed(field.cell)), "a field", step);
            fixed += field.there ? 1 : 0;
        }
        for (var building : arena.labour.buildings) {
            check(!building.there || arena.board.fixed(building.cell), "a building", step);
            check(building.queue >= 0 && building.queue <= Building.QUEUE, "a queue", step);
            fixed += building.there ? 1 : 0;
        }
        for (int cell = 0; cell < arena.board.cells; cell++) {
            fixed -= arena.board.fixed(cell) ? 1 : 0;
        }
        check(fixed == 0, "how much is fixed", step);
        check(arena.labour.stock >= 0, "the stock", step);
        check(arena.own.count() == 0 || arena.own.units[0].kind == Kind.SOLDIER || supplied(arena), "supply", step);
    }

    private static boolean supplied(Arena arena) {
        return arena.labour.supplied() <= arena.labour.supply();
    }

    private static void holds(Squad squad, int step) {
        int alive = 0;
        for (var unit : squad.units) {
            if (unit.alive) {
                alive++;
                check(unit.hits > 0 && unit.hits <= unit.kind.hits && unit.hurt == 0, "hit points", step);
                check(unit.prey == null || (unit.prey.alive && !unit.prey.own), "prey", step);
                check(unit.stride >= 0 && unit.stride < Kind.STRIDE, "a stride", step);
                check(unit.cooldown >= 0 && unit.cooldown <= unit.kind.cooldown, "a cooldown", step);
            }
        }
        check(alive == squad.count(), "how many are alive", step);
    }

    private static void check(boolean holds, String what, int step) {
        if (!holds) {
            throw new AssertionError(what + " is wrong after step " + step);
        }
    }

    /// Of every function and every target, over the states of a random game.
    @ParameterizedTest
    @EnumSource
    void masks_ofPartsAndOfFlatActions_agree(Battle game) {
        var world = game.world();
        var random = Philox.keyed(2, 0, 0, "play");
        var player = world.random(random);
        var functions = new float[world.functions()];
        var targets = new float[world.targets()];
        var flat = new float[world.actions() + 2];
        world.reset(random);
        for (int step = 0; step < 1_000 && !world.ended(); step++) {
            world.functionMask(functions, 0);
            Arrays.fill(flat, Float.NaN);
            world.mask(flat, 1);
            check(functions[0] == 1, "to do nothing", step);
            check(Float.isNaN(flat[0]) && Float.isNaN(flat[flat.length - 1]), "edge", step);
            for (int function = 0; function < world.functions(); function++) {
                if (!world.aimed(function)) {
                    check(flat[1 + world.action(function, 0)] == functions[function], "a plain function", step);
                    continue;
                }
                world.targetMask(function, targets, 0);
                float any = 0;
                for (int target = 0; target < world.targets(); target++) {
                    int action = world.action(function, target);
                    check(world.function(action) == function && world.target(action) == target, "an action", step);
                    check(flat[1 + action] == targets[target], "an aimed function", step);
                    any = Math.max(any, targets[target]);
                }
                check(any == functions[function], "function " + function, step);
            }
            world.step(player.act());
        }
    }

    /// Two worlds of the same seed: one is asked for what is masked out, the other for nothing.
    @ParameterizedTest
    @EnumSource
    void action_thatIsMaskedOut_isAsNone(Battle game) {
        var asked = game.world();
        var other = game.world();
        var random = Philox.keyed(3, 0, 0, "play");
        asked.reset(Philox.keyed(3, 0, 0, "world"));
        other.reset(Philox.keyed(3, 0, 0, "world"));
        var mask = new float[asked.actions()];
        var one = new float[asked.shape().size()];
        var two = new float[asked.shape().size()];
        var player = asked.random(random);
        int tried = 0;
        while (!asked.ended()) {
            asked.mask(mask, 0);
            int action = random.nextInt(asked.actions());
            boolean possible = mask[action] != 0;
            int instead = possible ? player.act() : action;
            tried += possible ? 0 : 1;
            double reward = asked.step(instead);
            assertThat(other.step(possible ? instead : 0)).isEqualTo(reward);
            asked.observe(one, 0);
            other.observe(two, 0);
            assertThat(two).isEqualTo(one);
            assertThat(other.ended()).isEqualTo(asked.ended());
        }
        assertThat(tried).isPositive();
    }

    @Test
    void action_thatIsNone_isRefused() {
        var world = Battle.MELEE.world();
        world.reset(Philox.keyed(1, 0, 0, "world"));
        assertThat(world.actions()).isEqualTo(2 + 4 * 256);
        assertThatThrownBy(() -> world.step(world.actions())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> world.step(3, 256)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> world.step(6, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /// Other boards have room for all, and their scripts play as well.
    @ParameterizedTest
    @ValueSource(ints = {12, 21, 32})
    void board_ofAnotherSize_isPlayed(int side) {
        for (var game : Battle.values()) {
            var world = game.world(side);
            assertThat(world.targets()).isEqualTo(side * side);
            assertThat(world.shape().height()).isEqualTo(side);
            double scripted = 0;
            double random = 0;
            for (int i = 0; i < 3; i++) {
                scripted += Marks.scripted(world, i);
                random += Marks.random(world, i);
            }
            assertThat(scripted).as(game.word()).isGreaterThan(random);
        }
    }

    @Test
    void board_thatIsTooSmallOrTooLarge_isRefused() {
        assertThatThrownBy(() -> Battle.MELEE.world(11)).hasMessageContaining("CLADE-3390");
        assertThatThrownBy(() -> Battle.MELEE.world(33)).hasMessageContaining("12 to 32");
    }

    @ParameterizedTest
    @EnumSource
    void frame_ofAnyScale_showsTheBoard(Battle game) {
        var world = game.world();
        world.reset(Philox.keyed(1, 0, 0, "world"));
        assertThat(world.frame(1).width()).isEqualTo(16);
        assertThat(world.frame(2).height()).isEqualTo(32);
        assertThat(world.frame(12).width()).isEqualTo(192);
    }
}
