package dev.clade.zoo.world.battle;

import dev.clade.zoo.world.battle.Building.Purpose;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fields, loads, buildings and who is trained in them. Soldiers that are trained leave the board at once,
/// and are supplied for as long as the episode lasts.
final class Labour {

    /// What a load of ore adds to the stock.
    static final int LOAD = 10;

    /// Ore, for a worker and for a soldier alike.
    static final int COST = 50;

    private static final int FIELDS = 8;
    private static final int BUILDINGS = 24;
    private static final int WORKER_TIME = 8;
    private static final int SOLDIER_TIME = 12;

    /// Own units stand so near to the building that they come out of.
    private static final int EXIT = 2;

    final Field[] fields = new Field[FIELDS];
    final Building[] buildings = new Building[BUILDINGS];
    private final Arena arena;

    /// Ore.
    int stock;

    /// Soldiers trained in this episode.
    int soldiers;

    /// Loads that came to the base in the last step.
    int delivered;

    /// Soldiers whose training ended in the last step.
    int trained;

    Labour(Arena arena) {
        this.arena = arena;
        Arrays.setAll(fields, i -> new Field());
        Arrays.setAll(buildings, i -> new Building());
    }

    void clear() {
        for (var field : fields) {
            field.there = false;
        }
        for (var building : buildings) {
            building.there = false;
        }
        stock = 0;
        soldiers = 0;
        begin();
    }

    void begin() {
        delivered = 0;
        trained = 0;
    }

    // --- fields

    /// A field on the first free place; there must be one.
    void open(Cargo cargo, int cell, int loads) {
        int place = 0;
        while (fields[place].there) {
            place++;
        }
        fields[place].enter(cargo, cell, loads);
        arena.board.fix(cell, true);
    }

    /// The field in a cell.
    @Nullable
    Field field(int cell) {
        for (var field : fields) {
            if (field.there && field.cell == cell) {
                return field;
            }
        }
        return null;
    }

    /// Brings what it carries to the base, then goes for another load, until the field is gone.
    void gather(Unit unit) {
        if (unit.cargo != null) {
            deliver(unit);
            return;
        }
        var field = field(unit.goal);
        if (field == null) {
            unit.rest();
        } else if (arena.board.distance(unit.cell, field.cell) > 1) {
            arena.walk(unit, field.cell);
        } else if (unit.harvest > 0) {
            harvest(unit, field);
        } else if (!field.taken()) {
            field.worker = unit;
            unit.harvest = field.cargo.harvest;
        }
    }

    private void harvest(Unit unit, Field field) {
        unit.harvest--;
        if (unit.harvest == 0) {
            unit.cargo = field.cargo;
            field.left--;
            if (field.left == 0) {
                field.there = false;
                arena.board.fix(field.cell, false);
            }
        }
    }

    private void deliver(Unit unit) {
        int base = buildings[0].cell;
        if (arena.board.distance(unit.cell, base) > 1) {
            arena.walk(unit, base);
            return;
        }
        stock += unit.cargo == Cargo.ORE ? LOAD : 0;
        unit.cargo = null;
        delivered++;
    }

    // --- buildings

    /// Whether there may be one more building.
    boolean room() {
        for (var building : buildings) {
            if (!building.there) {
                return true;
            }
        }
        return false;
    }

    /// A building on the first free place.
    ///
    /// @return null if there is no room for one more
    @Nullable
    Building found(Purpose purpose, int cell) {
        for (var building : buildings) {
            if (!building.there) {
                building.enter(purpose, cell);
                arena.board.fix(cell, true);
                return building;
            }
        }
        return null;
    }

    /// Goes beside the site and begins it, if there is still ore and room for it; it is finished without
    /// the worker.
    void build(Unit unit, Purpose purpose) {
        if (arena.board.distance(unit.cell, unit.goal) > 1) {
            arena.walk(unit, unit.goal);
            return;
        }
        if (unit.cell == unit.goal) {
            int aside = arena.board.near(unit.cell, 1);
            if (aside >= 0) {
                arena.walk(unit, aside);
                return;
            }
        }
        if (stock >= purpose.cost && arena.board.site(unit.goal) && found(purpose, unit.goal) != null) {
            stock -= purpose.cost;
        }
        unit.rest();
    }

    /// Whether there is ore and supply for one more, and a building with room in its queue.
    boolean trainable(Purpose where) {
        return stock >= COST && supplied() < supply() && shortest(where) != null;
    }

    void train(Purpose where) {
        var building = shortest(where);
        if (building != null && trainable(where)) {
            stock -= COST;
            building.queue++;
        }
    }

    @Nullable
    private Building shortest(Purpose where) {
        Building best = null;
        int least = Building.QUEUE;
        for (var building : buildings) {
            if (building.stands() && building.purpose == where && building.queue < least) {
                least = building.queue;
                best = building;
            }
        }
        return best;
    }

    /// How many units may be there.
    int supply() {
        int supply = 0;
        for (var building : buildings) {
            supply += building.stands() ? building.purpose.supply : 0;
        }
        return supply;
    }

    /// How many there are, with those in training.
    int supplied() {
        int supplied = arena.own.count() + soldiers;
        for (var building : buildings) {
            supplied += building.there ? building.queue : 0;
        }
        return supplied;
    }

    /// A step of all building and training.
    void produce() {
        for (var building : buildings) {
            if (building.there && building.unfinished > 0) {
                building.unfinished--;
            } else if (building.there && building.queue > 0) {
                building.trained++;
                if (building.trained >= (building.purpose == Purpose.BASE ? WORKER_TIME : SOLDIER_TIME)) {
                    release(building);
                }
            }
        }
    }

    /// A worker waits inside as long as there is no room outside.
    private void release(Building building) {
        if (building.purpose == Purpose.BARRACKS) {
            soldiers++;
            trained++;
        } else {
            int cell = arena.board.near(building.cell, EXIT);
            if (cell < 0 || arena.own.full()) {
                return;
            }
            arena.enter(arena.own, Kind.WORKER, cell);
        }
        building.queue--;
        building.trained = 0;
    }
}
