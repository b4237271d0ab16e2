package dev.clade.zoo.world.battle;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.Targeted;
import dev.clade.zoo.world.battle.Building.Purpose;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A mini-game as a world: its functions and layers are those of the mission, in the order of [Function]
/// and [Layer]; targets are cells.
final class Skirmish implements Targeted {

    /// From the centre of an area to its edge.
    static final int AREA = 2;

    private static final float STOCK = 300;
    private static final float ROOM = 16;

    final Arena arena;
    private final Mission mission;
    private final Function[] functions;
    private final int plain;

    /// Where the plane of each layer that is there begins.
    private final Map<Layer, Integer> planes = new EnumMap<>(Layer.class);

    private int steps;

    /// Who was the last to be selected for having nothing to do.
    private int last;

    Skirmish(Mission mission, int side) {
        this.mission = mission;
        arena = new Arena(side, mission.fog());
        functions = mission.functions().stream().sorted().toArray(Function[]::new);
        plain = (int) Arrays.stream(functions).filter(f -> !f.aimed()).count();
        for (var layer : new TreeSet<>(mission.layers())) {
            planes.put(layer, planes.size() * arena.board.cells);
        }
    }

    @Override
    public Shape shape() {
        return new Shape(planes.size(), arena.board.side, arena.board.side);
    }

    @Override
    public int functions() {
        return functions.length;
    }

    @Override
    public int plain() {
        return plain;
    }

    @Override
    public int targets() {
        return arena.board.cells;
    }

    @Override
    public void reset(RandomGenerator random) {
        arena.clear(random);
        mission.begin(arena);
        arena.fog.look(arena.own);
        steps = 0;
        last = -1;
    }

    @Override
    public boolean ended() {
        return steps == mission.limit() || arena.own.count() == 0;
    }

    @Override
    public double step(int function, int target) {
        var what = functions[function];
        if (what.aimed()) {
            Objects.checkIndex(target, targets());
        }
        steps++;
        if (possible(what) && (!what.aimed() || possible(what, target))) {
            carryOut(what, target);
        }
        arena.pass();
        double reward = mission.after(arena);
        arena.fog.look(arena.own);
        return reward;
    }

    /// The action of a function of this mission, for players.
    int action(Function what, int target) {
        return action(Arrays.asList(functions).indexOf(what), target);
    }

    // --- what is possible

    @Override
    public void functionMask(float[] into, int at) {
        for (int i = 0; i < functions.length; i++) {
            into[at + i] = possible(functions[i]) ? 1 : 0;
        }
    }

    @Override
    public void targetMask(int function, float[] into, int at) {
        var what = functions[function];
        Arrays.fill(into, at, at + targets(), 0);
        if (!possible(what)) {
            return;
        }
        switch (what) {
            case SELECT_UNIT -> around(into, at, 0);
            case SELECT_AREA -> around(into, at, AREA);
            default -> {
                for (int cell = 0; cell < targets(); cell++) {
                    into[at + cell] = possible(what, cell) ? 1 : 0;
                }
            }
        }
    }

    private void around(float[] into, int at, int reach) {
        int side = arena.board.side;
        for (var unit : arena.own.units) {
            if (unit.alive) {
                int from = Math.max(0, unit.cell % side - reach);
                int to = Math.min(side - 1, unit.cell % side + reach);
                int row = unit.cell / side;
                for (int r = Math.max(0, row - reach); r <= Math.min(side - 1, row + reach); r++) {
                    Arrays.fill(into, at + r * side + from, at + r * side + to + 1, 1);
                }
            }
        }
    }

    private boolean possible(Function what) {
        return switch (what) {
            case NO_OP -> true;
            case SELECT_ALL, SELECT_UNIT, SELECT_AREA -> arena.own.count() > 0;
            case SELECT_IDLE -> idle() != null;
            case TRAIN_WORKER -> arena.labour.trainable(Purpose.BASE);
            case TRAIN_SOLDIER -> arena.labour.trainable(Purpose.BARRACKS);
            case MOVE -> selected(null);
            case ATTACK -> selected(Kind.SOLDIER);
            case GATHER -> selected(Kind.WORKER) && fields();
            case BUILD_DEPOT -> buildable(Purpose.DEPOT);
            case BUILD_BARRACKS -> buildable(Purpose.BARRACKS);
        };
    }

    private boolean possible(Function what, int cell) {
        return switch (what) {
            case SELECT_UNIT -> own(cell) != null;
            case SELECT_AREA -> arena.nearest(arena.own, cell, AREA) != null;
            case MOVE, ATTACK -> !arena.board.fixed(cell);
            case GATHER -> arena.labour.field(cell) != null;
            case BUILD_DEPOT, BUILD_BARRACKS -> arena.board.site(cell);
            default -> true;
        };
    }

    private boolean selected(@Nullable Kind kind) {
        for (var unit : arena.own.units) {
            if (unit.alive && unit.selected && (kind == null || unit.kind == kind)) {
                return true;
            }
        }
        return false;
    }

    private boolean fields() {
        for (var field : arena.labour.fields) {
            if (field.there) {
                return true;
            }
        }
        return false;
    }

    private boolean buildable(Purpose purpose) {
        if (arena.labour.stock < purpose.cost || !arena.labour.room() || !selected(Kind.WORKER)) {
            return false;
        }
        for (int cell = 0; cell < targets(); cell++) {
            if (arena.board.site(cell)) {
                return true;
            }
        }
        return false;
    }

    /// The own unit in a cell.
    private @Nullable Unit own(int cell) {
        var unit = arena.board.at(cell);
        return unit != null && unit.own ? unit : null;
    }

    /// The enemy that is seen in a cell.
    private @Nullable Unit enemy(int cell) {
        var unit = arena.board.at(cell);
        return unit != null && !unit.own && arena.fog.sees(cell) ? unit : null;
    }

    /// The next one, in turn, that has nothing to do.
    private @Nullable Unit idle() {
        var units = arena.own.units;
        for (int i = 1; i <= units.length; i++) {
            var unit = units[(last + i) % units.length];
            if (unit.alive && unit.idle()) {
                return unit;
            }
        }
        return null;
    }

    // --- what is done

    private void carryOut(Function what, int target) {
        switch (what) {
            case NO_OP -> {}
            case SELECT_ALL -> {
                for (var unit : arena.own.units) {
                    unit.selected = unit.alive;
                }
            }
            case SELECT_IDLE -> {
                var unit = Objects.requireNonNull(idle());
                last = unit.id;
                only(unit.cell, 0);
            }
            case TRAIN_WORKER -> arena.labour.train(Purpose.BASE);
            case TRAIN_SOLDIER -> arena.labour.train(Purpose.BARRACKS);
            case SELECT_UNIT -> only(target, 0);
            case SELECT_AREA -> only(target, AREA);
            case MOVE -> command(null, Order.MOVE, target, null);
            case ATTACK -> command(Kind.SOLDIER, Order.ATTACK, target, enemy(target));
            case GATHER -> command(Kind.WORKER, Order.GATHER, target, null);
            case BUILD_DEPOT -> build(Order.DEPOT, target);
            case BUILD_BARRACKS -> build(Order.BARRACKS, target);
        }
    }

    private void only(int cell, int reach) {
        for (var unit : arena.own.units) {
            unit.selected = unit.alive && arena.board.distance(unit.cell, cell) <= reach;
        }
    }

    private void command(@Nullable Kind kind, Order order, int goal, @Nullable Unit prey) {
        for (var unit : arena.own.units) {
            if (unit.alive && unit.selected && (kind == null || unit.kind == kind)) {
                unit.command(order, goal, prey);
            }
        }
    }

    private void build(Order order, int cell) {
        Unit best = null;
        for (var unit : arena.own.units) {
            if (unit.alive && unit.selected && unit.kind == Kind.WORKER) {
                boolean nearer =
                        best == null || arena.board.distance(unit.cell, cell) < arena.board.distance(best.cell, cell);
                best = nearer ? unit : best;
            }
        }
        Objects.requireNonNull(best).command(order, cell, null);
    }

    // --- what is seen

    @Override
    public void observe(float[] into, int at) {
        int cells = arena.board.cells;
        Arrays.fill(into, at, at + planes.size() * cells, 0);
        if (there(Layer.SEEN)) {
            for (int cell = 0; cell < cells; cell++) {
                put(into, at, Layer.SEEN, cell, arena.fog.sees(cell) ? 1 : arena.fog.saw(cell) ? 0.5F : 0);
            }
        }
        if (there(Layer.SHARD)) {
            for (int cell = 0; cell < cells; cell++) {
                put(into, at, Layer.SHARD, cell, arena.shards[cell] ? 1 : 0);
            }
        }
        for (var unit : arena.own.units) {
            if (unit.alive) {
                observeOwn(unit, into, at);
            }
        }
        for (var enemy : arena.enemies.units) {
            if (enemy.alive && arena.fog.sees(enemy.cell)) {
                put(into, at, layer(enemy.kind), enemy.cell, 1);
                put(into, at, Layer.ENEMY_HITS, enemy.cell, enemy.health());
            }
        }
        if (there(Layer.BASE)) {
            observeLabour(into, at);
        }
    }

    private void observeOwn(Unit unit, float[] into, int at) {
        put(into, at, layer(unit.kind), unit.cell, 1);
        put(into, at, Layer.SELECTED, unit.cell, unit.selected ? 1 : 0);
        put(into, at, Layer.HITS, unit.cell, unit.health());
        put(into, at, Layer.BUSY, unit.cell, unit.idle() ? 0 : 1);
        put(into, at, Layer.CARGO, unit.cell, unit.cargo == null ? 0 : unit.cargo == Cargo.ORE ? 1 : 0.5F);
    }

    private void observeLabour(float[] into, int at) {
        var labour = arena.labour;
        for (var field : labour.fields) {
            if (field.there) {
                put(into, at, field.cargo == Cargo.ORE ? Layer.ORE : Layer.GAS, field.cell, 1);
            }
        }
        for (var building : labour.buildings) {
            if (building.there) {
                float queue = 0.5F + 0.1F * building.queue;
                float all = building.purpose == Purpose.DEPOT ? 1 : queue;
                put(into, at, layer(building.purpose), building.cell, building.stands() ? all : 0.25F);
            }
        }
        all(into, at, Layer.STOCK, labour.stock / STOCK);
        all(into, at, Layer.ROOM, (labour.supply() - labour.supplied()) / ROOM);
    }

    private boolean there(Layer layer) {
        return planes.containsKey(layer);
    }

    private void put(float[] into, int at, Layer layer, int cell, float value) {
        var plane = planes.get(layer);
        if (plane != null) {
            into[at + plane + cell] = value;
        }
    }

    private void all(float[] into, int at, Layer layer, float value) {
        var plane = planes.get(layer);
        if (plane != null) {
            int first = at + plane;
            Arrays.fill(into, first, first + arena.board.cells, Math.clamp(value, 0, 1));
        }
    }

    private static Layer layer(Kind kind) {
        return switch (kind) {
            case SOLDIER -> Layer.SOLDIER;
            case WORKER -> Layer.WORKER;
            case CRAWLER -> Layer.CRAWLER;
            case SPITTER -> Layer.SPITTER;
            case BURSTER -> Layer.BURSTER;
        };
    }

    private static Layer layer(Purpose purpose) {
        return switch (purpose) {
            case BASE -> Layer.BASE;
            case DEPOT -> Layer.DEPOT;
            case BARRACKS -> Layer.BARRACKS;
        };
    }

    @Override
    public Player scripted() {
        return mission.player(this);
    }

    @Override
    public Frame frame(int scale) {
        return new Painter(arena, scale).frame();
    }
}
