package dev.clade.zoo.world.maze;

/// The light of a level.
///
/// @param range how far one sees: at this distance, in cells, 63 % are fog
/// @param fog the colour of distance, `0xRRGGBB`
/// @param floor of the floor
/// @param sky straight above; towards the horizon it is fog
record Look(double range, int fog, int floor, int sky) {

    static final Look CLEAR = new Look(11, 0x141824, 0x6E675C, 0x3C5A8C);
    static final Look FOG = new Look(2.2, 0xA8B0B8, 0x6E675C, 0x7C8894);
}
