package dev.clade.zoo.world.battle;

import dev.clade.zoo.world.Frame;

/// Draws an arena for people: who is selected has a white edge, a bar on a unit is what it has of its hit
/// points. What is under fog is dark, enemies there darker, though no agent sees them.
final class Painter {

    private static final int GROUND = 0x2A2F3A;
    private static final int SEEN = 0x1C2028;
    private static final int UNSEEN = 0x101217;
    private static final int SHARD = 0x7FE7DC;
    private static final int ORE = 0x4A90C2;
    private static final int GAS = 0x57B26B;
    private static final int BASE = 0xC9CEDA;
    private static final int DEPOT = 0x8F7A5E;
    private static final int BARRACKS = 0xA8623A;
    private static final int SELECTED = 0xFFFFFF;
    private static final int HITS = 0x7BE07B;
    private static final int HURT = 0x6B2737;

    private final Arena arena;
    private final int scale;
    private final Frame frame;

    Painter(Arena arena, int scale) {
        this.arena = arena;
        this.scale = scale;
        frame = new Frame(arena.board.side * scale, arena.board.side * scale);
    }

    Frame frame() {
        for (int cell = 0; cell < arena.board.cells; cell++) {
            int ground = arena.fog.sees(cell) ? GROUND : arena.fog.saw(cell) ? SEEN : UNSEEN;
            square(cell, 0, ground);
            if (arena.shards[cell]) {
                square(cell, scale / 3, SHARD);
            }
        }
        for (var field : arena.labour.fields) {
            if (field.there) {
                square(field.cell, scale / 12, field.cargo == Cargo.ORE ? ORE : GAS);
            }
        }
        for (var building : arena.labour.buildings) {
            if (building.there) {
                square(building.cell, building.stands() ? 0 : scale / 4, colour(building.purpose));
            }
        }
        for (var unit : arena.own.units) {
            draw(unit);
        }
        for (var enemy : arena.enemies.units) {
            draw(enemy);
        }
        return frame;
    }

    private void draw(Unit unit) {
        if (!unit.alive) {
            return;
        }
        int gap = Math.max(scale / 8, scale > 2 ? 1 : 0);
        boolean seen = arena.fog.sees(unit.cell);
        if (unit.own && unit.selected) {
            square(unit.cell, 0, SELECTED);
        }
        square(unit.cell, gap, seen ? colour(unit.kind) : colour(unit.kind) >>> 2 & 0x3F3F3F);
        if (unit.cargo != null) {
            square(unit.cell, scale / 3, unit.cargo == Cargo.ORE ? ORE : GAS);
        }
        if (seen && gap > 0) {
            bar(unit, gap, Math.max(1, scale / 5));
        }
    }

    private void bar(Unit unit, int gap, int high) {
        int wide = scale - 2 * gap;
        int left = Math.max(1, Math.round(wide * unit.health()));
        int x = unit.cell % arena.board.side * scale + gap;
        int y = unit.cell / arena.board.side * scale + gap;
        frame.fill(x, y, wide, high, HURT);
        frame.fill(x, y, left, high, HITS);
    }

    private void square(int cell, int gap, int colour) {
        int side = arena.board.side;
        frame.fill(cell % side * scale + gap, cell / side * scale + gap, scale - 2 * gap, scale - 2 * gap, colour);
    }

    private static int colour(Kind kind) {
        return switch (kind) {
            case SOLDIER -> 0x5AA9E6;
            case WORKER -> 0xF2C14E;
            case CRAWLER -> 0xE4476B;
            case SPITTER -> 0xB65FCF;
            case BURSTER -> 0x9BD94B;
        };
    }

    private static int colour(Building.Purpose purpose) {
        return switch (purpose) {
            case BASE -> BASE;
            case DEPOT -> DEPOT;
            case BARRACKS -> BARRACKS;
        };
    }
}
