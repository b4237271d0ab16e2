package dev.clade.zoo.world.battle;

import static dev.clade.zoo.world.battle.Function.ATTACK;
import static dev.clade.zoo.world.battle.Function.BUILD_BARRACKS;
import static dev.clade.zoo.world.battle.Function.BUILD_DEPOT;
import static dev.clade.zoo.world.battle.Function.GATHER;
import static dev.clade.zoo.world.battle.Function.MOVE;
import static dev.clade.zoo.world.battle.Function.NO_OP;
import static dev.clade.zoo.world.battle.Function.SELECT_ALL;
import static dev.clade.zoo.world.battle.Function.SELECT_AREA;
import static dev.clade.zoo.world.battle.Function.SELECT_IDLE;
import static dev.clade.zoo.world.battle.Function.SELECT_UNIT;
import static dev.clade.zoo.world.battle.Function.TRAIN_SOLDIER;
import static dev.clade.zoo.world.battle.Function.TRAIN_WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clade.random.Philox;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A few moves of each mini-game, by hand, on 16 x 16 cells: who stands where is told.
class RulesTest {

    private static final int SIDE = 16;

    private static int cell(int row, int column) {
        return row * SIDE + column;
    }

    private static Skirmish begun(Battle game, Integer... told) {
        var world = (Skirmish) game.world();
        world.reset(new Told(told));
        return world;
    }

    private static double act(Skirmish world, Function what, int row, int column) {
        return world.step(world.action(what, cell(row, column)));
    }

    private static double act(Skirmish world, Function what) {
        return world.step(world.action(what, 0));
    }

    /// The rewards of some steps in which nothing is asked for.
    private static List<Double> waited(Skirmish world, int steps) {
        var rewards = new ArrayList<Double>();
        for (int i = 0; i < steps; i++) {
            rewards.add(act(world, NO_OP));
        }
        return rewards;
    }

    private static List<Double> zeros(int count) {
        return IntStream.range(0, count).mapToObj(i -> 0.0).toList();
    }

    /// The cells of a layer that are not 0.
    private static List<Integer> seen(Skirmish world, Battle game, Layer layer) {
        var planes = planes(world);
        int first = plane(game, layer) * SIDE * SIDE;
        return IntStream.range(0, SIDE * SIDE)
                .filter(i -> planes[first + i] != 0)
                .boxed()
                .toList();
    }

    private static float seen(Skirmish world, Battle game, Layer layer, int row, int column) {
        return planes(world)[plane(game, layer) * SIDE * SIDE + cell(row, column)];
    }

    private static float[] planes(Skirmish world) {
        var planes = new float[world.shape().size()];
        world.observe(planes, 0);
        return planes;
    }

    private static int plane(Battle game, Layer layer) {
        return List.copyOf(layers(game)).indexOf(layer);
    }

    private static Set<Layer> layers(Battle game) {
        return EnumSet.copyOf(
                switch (game) {
                    case BEACON -> new Beacon().layers();
                    case COLLECT_SHARDS -> new Shards().layers();
                    case FIND_AND_KILL -> new Hunt().layers();
                    case MELEE -> Waves.melee().layers();
                    case MIXED -> Waves.mixed().layers();
                    case GATHER -> new Gather().layers();
                    case BUILD -> new Build().layers();
                });
    }

    private static Set<Function> possible(Skirmish world, Function... among) {
        var mask = new float[world.functions()];
        world.functionMask(mask, 0);
        var possible = EnumSet.noneOf(Function.class);
        for (var what : among) {
            if (mask[world.function(world.action(what, 0))] != 0) {
                possible.add(what);
            }
        }
        return possible;
    }

    // --- beacon: the soldier at row 8, column 8, beacons in the same row and then in the corner

    @Test
    void beacon_thatIsReached_isLitElsewhere() {
        var world = begun(Battle.BEACON, 8, 8, 8, 14, 1, 1);
        assertThat(seen(world, Battle.BEACON, Layer.SHARD)).containsExactly(cell(8, 14));
        assertThat(possible(world, NO_OP, SELECT_ALL, MOVE)).containsExactly(NO_OP, SELECT_ALL);
        assertThat(act(world, MOVE, 8, 14)).isZero();
        assertThat(seen(world, Battle.BEACON, Layer.SOLDIER)).containsExactly(cell(8, 8));
        act(world, SELECT_ALL);
        assertThat(seen(world, Battle.BEACON, Layer.SELECTED)).containsExactly(cell(8, 8));
        assertThat(possible(world, NO_OP, SELECT_ALL, MOVE)).contains(MOVE);
        assertThat(act(world, MOVE, 8, 14)).isZero();
        assertThat(seen(world, Battle.BEACON, Layer.SOLDIER)).containsExactly(cell(8, 9));
        assertThat(seen(world, Battle.BEACON, Layer.BUSY)).containsExactly(cell(8, 9));
        // Twelve sixteenths a step: every fourth step it stands.
        assertThat(waited(world, 2)).isEqualTo(zeros(2));
        assertThat(seen(world, Battle.BEACON, Layer.SOLDIER)).containsExactly(cell(8, 11));
        assertThat(waited(world, 2)).isEqualTo(zeros(2));
        assertThat(seen(world, Battle.BEACON, Layer.SOLDIER)).containsExactly(cell(8, 12));
        assertThat(act(world, NO_OP)).isEqualTo(1);
        assertThat(seen(world, Battle.BEACON, Layer.SHARD)).containsExactly(cell(1, 1));
        assertThat(waited(world, 3)).isEqualTo(zeros(3));
        assertThat(seen(world, Battle.BEACON, Layer.SOLDIER)).containsExactly(cell(8, 14));
        assertThat(seen(world, Battle.BEACON, Layer.BUSY)).isEmpty();
    }

    @Test
    void episode_isOverAtItsLimit() {
        var world = begun(Battle.BEACON);
        waited(world, 239);
        assertThat(world.ended()).isFalse();
        act(world, NO_OP);
        assertThat(world.ended()).isTrue();
    }

    // --- shards: soldiers in two corners, a shard near each

    private static Skirmish shards() {
        return begun(Battle.COLLECT_SHARDS, 0, 0, 15, 15, 0, 2, 15, 13);
    }

    @Test
    void shards_areCollectedByWhoTreadsOnThem() {
        var world = shards();
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SHARD)).hasSize(20).contains(cell(0, 2), cell(15, 13));
        act(world, SELECT_UNIT, 0, 0);
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SELECTED)).containsExactly(cell(0, 0));
        assertThat(act(world, MOVE, 0, 2)).isZero();
        act(world, SELECT_UNIT, 15, 15);
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SHARD)).hasSize(19).doesNotContain(cell(0, 2));
        assertThat(act(world, MOVE, 15, 13)).isZero();
        assertThat(act(world, NO_OP)).isEqualTo(1);
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SHARD)).hasSize(18);
    }

    @Test
    void shards_allCollected_areScatteredAnew() {
        var world = shards();
        double sum = 0;
        var player = world.scripted();
        while (sum < 19) {
            sum += world.step(player.act());
        }
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SHARD)).hasSize(1);
        while (sum < 20) {
            sum += world.step(player.act());
        }
        assertThat(seen(world, Battle.COLLECT_SHARDS, Layer.SHARD)).hasSize(20);
    }

    // --- find and kill: soldiers in row 8, columns 7 to 9; a crawler at the left edge, others far to the right

    private static Skirmish hunt() {
        return begun(
                Battle.FIND_AND_KILL,
                8,
                1,
                15,
                15,
                15,
                14,
                15,
                13,
                14,
                15,
                13,
                15,
                15,
                12,
                14,
                14,
                15,
                11,
                14,
                13,
                14,
                12,
                12,
                15);
    }

    @Test
    void hunt_anEnemyUnderFog_isNeitherSeenNorNamed() {
        var world = hunt();
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.CRAWLER)).isEmpty();
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.ENEMY_HITS)).isEmpty();
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.SEEN))
                .hasSize(9 * 11)
                .doesNotContain(cell(8, 2));
        act(world, SELECT_ALL);
        var mask = new float[world.targets()];
        world.targetMask(world.function(world.action(ATTACK, 0)), mask, 0);
        assertThat(mask).containsOnly(1F);
        act(world, ATTACK, 8, 1);
        assertThat(world.arena.own.units[0].prey).isNull();
        // The first soldier is at column 5 after two moves, which sees column 1.
        act(world, NO_OP);
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.SOLDIER)).contains(cell(8, 5));
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.CRAWLER)).containsExactly(cell(8, 1));
        act(world, ATTACK, 8, 1);
        assertThat(world.arena.own.units[0].prey).isSameAs(world.arena.enemies.units[0]);
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.SEEN, 8, 13)).isEqualTo(0.5F);
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.SEEN, 8, 14)).isZero();
    }

    /// Every enemy that is seen is within four cells of a soldier, and every such one is seen.
    @Test
    void hunt_overARandomGame_showsThoseInSightAndNobodyElse() {
        var world = (Skirmish) Battle.FIND_AND_KILL.world();
        var random = Philox.keyed(4, 0, 0, "fog");
        var player = world.random(random);
        world.reset(random);
        int hidden = 0;
        for (int step = 0; step < 5_000; step++) {
            var expected = new ArrayList<Integer>();
            for (var enemy : world.arena.enemies.units) {
                if (enemy.alive && world.arena.nearest(world.arena.own, enemy.cell, 4) != null) {
                    expected.add(enemy.cell);
                }
                hidden += enemy.alive ? 1 : 0;
            }
            hidden -= expected.size();
            assertThat(seen(world, Battle.FIND_AND_KILL, Layer.CRAWLER)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(seen(world, Battle.FIND_AND_KILL, Layer.ENEMY_HITS))
                    .containsExactlyInAnyOrderElementsOf(expected);
            world.step(player.act());
            if (world.ended()) {
                world.reset(random);
            }
        }
        assertThat(hidden).isGreaterThan(5_000);
    }

    /// It is worth 1 when it falls, and the last of a dozen brings a new dozen.
    @Test
    void hunt_aDozenKilled_isADozenElsewhere() {
        var world = hunt();
        for (int i = 1; i < 12; i++) {
            world.arena.bury(world.arena.enemies, world.arena.enemies.units[i]);
        }
        act(world, SELECT_ALL);
        act(world, ATTACK, 8, 1);
        double reward = 0;
        while (reward == 0) {
            reward = act(world, NO_OP);
        }
        assertThat(reward).isEqualTo(1);
        assertThat(world.arena.enemies.count()).isEqualTo(12);
        assertThat(seen(world, Battle.FIND_AND_KILL, Layer.CRAWLER)).isEmpty();
    }

    // --- fights, between those who are put onto an empty board

    private static Skirmish field(Battle game) {
        var world = begun(game);
        for (var unit : world.arena.own.units) {
            if (unit.alive) {
                world.arena.bury(world.arena.own, unit);
            }
        }
        for (var unit : world.arena.enemies.units) {
            if (unit.alive) {
                world.arena.bury(world.arena.enemies, unit);
            }
        }
        return world;
    }

    private static Unit own(Skirmish world, int row, int column) {
        return world.arena.enter(world.arena.own, Kind.SOLDIER, cell(row, column));
    }

    private static Unit enemy(Skirmish world, Kind kind, int row, int column) {
        return world.arena.enter(world.arena.enemies, kind, cell(row, column));
    }

    @Test
    void melee_shotsAndStrides_areByTheNumbersOfTheirKinds() {
        var world = field(Battle.MELEE);
        var soldier = own(world, 5, 5);
        var spitter = enemy(world, Kind.SPITTER, 5, 8);
        // Both act in every step. The spitter comes nearer, for it shoots over two cells only.
        act(world, NO_OP);
        assertThat(spitter.hits).isEqualTo(139);
        assertThat(spitter.cell).isEqualTo(cell(5, 7));
        assertThat(soldier.hits).isEqualTo(45);
        act(world, NO_OP);
        assertThat(spitter.hits).isEqualTo(139);
        assertThat(soldier.hits).isEqualTo(29);
        waited(world, 3);
        assertThat(spitter.hits).isEqualTo(127);
        assertThat(soldier.hits).isEqualTo(29);
        act(world, NO_OP);
        assertThat(soldier.hits).isEqualTo(13);
        assertThat(seen(world, Battle.MELEE, Layer.HITS, 5, 5)).isEqualTo(13F / 45);
        assertThat(seen(world, Battle.MELEE, Layer.ENEMY_HITS, 5, 7)).isEqualTo(127F / 145);
        assertThat(waited(world, 4)).containsExactly(0.0, 0.0, 0.0, -1.0);
        assertThat(soldier.alive).isFalse();
        assertThat(world.ended()).isTrue();
    }

    @Test
    void melee_aKill_isTenAndTheNextWave() {
        var world = field(Battle.MELEE);
        for (int i = 0; i < 5; i++) {
            own(world, 3 + i, 5);
        }
        var spitter = enemy(world, Kind.SPITTER, 5, 7);
        spitter.hits = 60;
        assertThat(waited(world, 3)).containsExactly(0.0, 0.0, 10.0);
        assertThat(world.arena.enemies.count()).isEqualTo(4);
        assertThat(world.arena.own.count()).isEqualTo(10);
        boolean left = world.arena.own.units[0].cell % SIDE < 3;
        for (var unit : world.arena.own.units) {
            assertThat(!unit.alive || unit.cell % SIDE < 3 == left).isTrue();
        }
        for (var enemy : world.arena.enemies.units) {
            assertThat(!enemy.alive || enemy.cell % SIDE >= 13 == left).isTrue();
            assertThat(enemy.awake && enemy.alive).isFalse();
        }
    }

    @Test
    void melee_whoIsToAttackOne_shootsAtNobodyElse() {
        var world = field(Battle.MELEE);
        var soldier = own(world, 5, 5);
        var near = enemy(world, Kind.SPITTER, 5, 7);
        var far = enemy(world, Kind.SPITTER, 8, 8);
        act(world, SELECT_ALL);
        assertThat(near.hits).isEqualTo(139);
        act(world, ATTACK, far.cell / SIDE, far.cell % SIDE);
        act(world, NO_OP);
        assertThat(soldier.prey).isSameAs(far);
        assertThat(near.hits).isEqualTo(139);
        assertThat(far.hits).isEqualTo(139);
    }

    @Test
    void melee_whoMoves_doesNotShoot() {
        var world = field(Battle.MELEE);
        own(world, 5, 5);
        var spitter = enemy(world, Kind.SPITTER, 5, 7);
        act(world, SELECT_ALL);
        assertThat(spitter.hits).isEqualTo(139);
        act(world, MOVE, 5, 0);
        waited(world, 3);
        assertThat(spitter.hits).isEqualTo(139);
    }

    @Test
    void area_selectsThoseTwoCellsAroundIt() {
        var world = field(Battle.MELEE);
        own(world, 5, 5);
        own(world, 7, 7);
        own(world, 8, 5);
        enemy(world, Kind.SPITTER, 15, 15);
        act(world, SELECT_AREA, 5, 5);
        assertThat(seen(world, Battle.MELEE, Layer.SELECTED)).containsExactly(cell(5, 5), cell(7, 7));
        act(world, SELECT_AREA, 0, 0);
        assertThat(seen(world, Battle.MELEE, Layer.SELECTED))
                .as("nobody is near: masked out")
                .hasSize(2);
    }

    @Test
    void mixed_aBurster_hurtsAllAroundItAndIsNoKill() {
        var world = field(Battle.MIXED);
        var one = own(world, 5, 5);
        var two = own(world, 6, 5);
        var away = own(world, 9, 5);
        var burster = enemy(world, Kind.BURSTER, 5, 6);
        enemy(world, Kind.CRAWLER, 15, 15);
        assertThat(act(world, NO_OP)).isZero();
        assertThat(one.hits).isEqualTo(10);
        assertThat(two.hits).isEqualTo(10);
        assertThat(away.hits).isEqualTo(45);
        assertThat(burster.alive).isFalse();
    }

    @Test
    void mixed_aBursterThatIsShot_doesNotBurst() {
        var world = field(Battle.MIXED);
        var one = own(world, 5, 5);
        var burster = enemy(world, Kind.BURSTER, 5, 8);
        burster.hits = 6;
        enemy(world, Kind.CRAWLER, 15, 15);
        assertThat(act(world, NO_OP)).isEqualTo(5);
        assertThat(one.hits).isEqualTo(45);
    }

    @Test
    void mixed_aBurstThatKills_isALoss() {
        var world = field(Battle.MIXED);
        own(world, 5, 5).hits = 35;
        own(world, 10, 10);
        enemy(world, Kind.BURSTER, 5, 6);
        enemy(world, Kind.CRAWLER, 15, 15);
        assertThat(act(world, NO_OP)).isEqualTo(-1);
    }

    // --- gather: the base in the middle, ore four columns to the right of it, all else elsewhere

    private static Skirmish gather() {
        return begun(Battle.GATHER, cell(8, 12), cell(12, 12), cell(4, 12), cell(2, 8), cell(8, 4), cell(4, 4));
    }

    @Test
    void gather_aWorker_carriesLoadAfterLoad() {
        var world = gather();
        assertThat(seen(world, Battle.GATHER, Layer.ORE))
                .containsExactlyInAnyOrder(cell(8, 12), cell(12, 12), cell(4, 12), cell(2, 8));
        assertThat(seen(world, Battle.GATHER, Layer.GAS)).containsExactlyInAnyOrder(cell(8, 4), cell(4, 4));
        assertThat(seen(world, Battle.GATHER, Layer.WORKER)).hasSize(8).contains(cell(8, 9));
        assertThat(possible(world, GATHER, MOVE)).isEmpty();
        act(world, SELECT_UNIT, 8, 9);
        act(world, GATHER, 8, 12);
        // Two strides, the field is taken, four steps of harvest, two strides back, and it is delivered.
        assertThat(waited(world, 6)).isEqualTo(zeros(6));
        assertThat(seen(world, Battle.GATHER, Layer.CARGO)).containsExactly(cell(8, 11));
        assertThat(seen(world, Battle.GATHER, Layer.CARGO, 8, 11)).isEqualTo(1);
        assertThat(waited(world, 2)).isEqualTo(zeros(2));
        assertThat(act(world, NO_OP)).isEqualTo(1);
        assertThat(world.arena.labour.stock).isEqualTo(10);
        assertThat(seen(world, Battle.GATHER, Layer.CARGO)).isEmpty();
        assertThat(waited(world, 32).stream().mapToDouble(d -> d).sum()).isEqualTo(3);
    }

    @Test
    void gather_aFieldIsOneWorkersAtATimeAndGoneAfterItsLoads() {
        var world = gather();
        act(world, SELECT_ALL);
        act(world, GATHER, 8, 4);
        double delivered = 0;
        while (world.arena.labour.field(cell(8, 4)) != null) {
            delivered += act(world, NO_OP);
            int harvesting = 0;
            for (var unit : world.arena.own.units) {
                harvesting += unit.harvest > 0 ? 1 : 0;
            }
            assertThat(harvesting).isLessThanOrEqualTo(1);
        }
        assertThat(seen(world, Battle.GATHER, Layer.GAS)).hasSize(2);
        delivered += waited(world, 20).stream().mapToDouble(d -> d).sum();
        assertThat(delivered).isEqualTo(Gather.LOADS);
        assertThat(seen(world, Battle.GATHER, Layer.BUSY)).isEmpty();
        assertThat(possible(world, SELECT_IDLE)).containsExactly(SELECT_IDLE);
        assertThat(world.arena.labour.stock).as("gas is no ore").isZero();
    }

    @Test
    void idle_workers_areSelectedInTurn() {
        var world = gather();
        act(world, SELECT_IDLE);
        var first = seen(world, Battle.GATHER, Layer.SELECTED);
        act(world, SELECT_IDLE);
        assertThat(first).hasSize(1);
        assertThat(seen(world, Battle.GATHER, Layer.SELECTED)).hasSize(1).isNotEqualTo(first);
        act(world, GATHER, 8, 12);
        for (int i = 0; i < 7; i++) {
            act(world, SELECT_IDLE);
        }
        assertThat(seen(world, Battle.GATHER, Layer.SELECTED)).isEqualTo(first);
    }

    // --- build: six workers, 300 of ore

    private static Skirmish build() {
        return begun(Battle.BUILD, cell(8, 12), cell(12, 12), cell(4, 12), cell(2, 8), cell(8, 4));
    }

    @Test
    void build_fromOreToASoldier() {
        var world = build();
        var labour = world.arena.labour;
        assertThat(possible(world, TRAIN_WORKER, TRAIN_SOLDIER, BUILD_BARRACKS, GATHER))
                .containsExactly(TRAIN_WORKER);
        act(world, SELECT_IDLE);
        assertThat(possible(world, BUILD_BARRACKS, BUILD_DEPOT)).hasSize(2);
        act(world, BUILD_BARRACKS, 8, 8);
        assertThat(labour.stock).as("where the base is nothing is built").isEqualTo(300);
        act(world, BUILD_BARRACKS, 5, 7);
        waited(world, 4);
        assertThat(labour.stock).isEqualTo(150);
        assertThat(seen(world, Battle.BUILD, Layer.BARRACKS, 5, 7)).isEqualTo(0.25F);
        waited(world, 20);
        assertThat(seen(world, Battle.BUILD, Layer.BARRACKS, 5, 7)).isEqualTo(0.5F);
        assertThat(seen(world, Battle.BUILD, Layer.STOCK, 0, 0)).isEqualTo(0.5F);
        assertThat(seen(world, Battle.BUILD, Layer.ROOM, 0, 0)).isEqualTo(2F / 16);
        assertThat(act(world, TRAIN_SOLDIER)).isZero();
        assertThat(labour.stock).isEqualTo(100);
        assertThat(seen(world, Battle.BUILD, Layer.BARRACKS, 5, 7)).isEqualTo(0.5F + 0.1F);
        assertThat(waited(world, 10)).isEqualTo(zeros(10));
        assertThat(act(world, NO_OP)).isEqualTo(1);
        assertThat(seen(world, Battle.BUILD, Layer.ROOM, 0, 0)).isEqualTo(1F / 16);
    }

    @Test
    void build_withoutSupply_nobodyIsTrained() {
        var world = build();
        act(world, TRAIN_WORKER);
        act(world, TRAIN_WORKER);
        assertThat(world.arena.labour.stock).isEqualTo(200);
        assertThat(seen(world, Battle.BUILD, Layer.BASE, 8, 8)).isEqualTo(0.5F + 0.1F * 2);
        assertThat(possible(world, TRAIN_WORKER)).isEmpty();
        act(world, TRAIN_WORKER);
        assertThat(world.arena.labour.stock).isEqualTo(200);
        waited(world, 20);
        assertThat(seen(world, Battle.BUILD, Layer.WORKER)).hasSize(8);
        act(world, SELECT_IDLE);
        act(world, BUILD_DEPOT, 5, 7);
        waited(world, 20);
        assertThat(seen(world, Battle.BUILD, Layer.DEPOT, 5, 7)).isEqualTo(1);
        assertThat(seen(world, Battle.BUILD, Layer.ROOM, 0, 0)).isEqualTo(0.5F);
        assertThat(possible(world, TRAIN_WORKER)).containsExactly(TRAIN_WORKER);
    }

    // --- ways

    /// From one corner to another past fixed things that lie in the way: nobody is ever held up for good.
    @Test
    void ways_leadAroundWhatIsFixed() {
        for (int seed = 0; seed < 200; seed++) {
            var random = Philox.keyed(seed, 0, 0, "ways");
            var arena = new Arena(SIDE, false);
            arena.clear(random);
            for (int i = 0; i < 400; i++) {
                int cell = random.nextInt(arena.board.cells);
                if (arena.board.site(cell)) {
                    arena.board.fix(cell, true);
                }
            }
            var unit = arena.enter(arena.own, Kind.WORKER, arena.free(0, SIDE - 1));
            int goal = arena.free(0, SIDE - 1);
            unit.command(Order.MOVE, goal, null);
            for (int step = 0; step < 60; step++) {
                arena.pass();
            }
            assertThat(unit.cell).as("seed " + seed).isEqualTo(goal);
        }
    }
}
