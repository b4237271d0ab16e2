package dev.clade.zoo.member;

import dev.clade.trainer.Capability;
import dev.clade.trainer.Lanes;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/// Makes trainers of a workload: members alone, or in lanes.
public final class Members<S> implements Trainer.Factory {

    /// No crew that is chosen is larger, on a processor and on a GPU. Ours: the one is no faster with more; the other
    /// might be, as far as its memory goes.
    private static final int PROCESSOR = 32;

    private static final int GPU = 256;

    private final Workload<S> workload;
    private final Sharing sharing;
    private final int population;
    private OptionalInt width;

    /// @param population how many members there are; with `lanes: auto` each processor has its share of them, or a
    ///     GPU all
    public Members(Workload<S> workload, Sharing sharing, int population) {
        this.workload = workload;
        this.sharing = sharing;
        this.population = population;
        width = sharing.lanes();
    }

    /// @throws dev.clade.fault.Fault 3301 without a native library, 3307 without the device, and what the workload says
    /// of its data
    @Override
    public Trainer create(Place place) throws IOException {
        return Solo.of(workload::model, placement(place));
    }

    /// As many lanes as the settings say, or as are fastest.
    @Override
    public Lanes lanes(Place place) throws IOException {
        return lanes(place, width(place));
    }

    private Lanes lanes(Place place, int width) throws IOException {
        return width == 1 ? Lanes.of(create(place)) : Crew.of(workload::models, width, placement(place));
    }

    private Placement placement(Place place) {
        return new Placement(sharing.device().found(), place.threads());
    }

    /// Measured once: other slots wait, so that nobody disturbs it.
    private synchronized int width(Place place) throws IOException {
        if (width.isEmpty()) {
            width = OptionalInt.of(CrewSize.fastest(some -> lanes(place, some), most(place)));
        }
        return width.getAsInt();
    }

    /// A processor's share of all members; on a GPU all, since slots beside one another share it.
    private int most(Place place) {
        if (!sharing.device().isHost()) {
            return Math.min(population, GPU);
        }
        int slots = Math.max(1, Runtime.getRuntime().availableProcessors() / place.threads());
        return Math.min(Math.ceilDiv(population, slots), PROCESSOR);
    }

    /// In lanes the bits of a member depend on its neighbours, by roundings; on a GPU, on the order in which its cores
    /// add.
    @Override
    public Set<Capability> capabilities() {
        boolean alone = sharing.lanes().equals(OptionalInt.of(1));
        var capabilities = EnumSet.of(Capability.BLEND, Capability.MIDWAY);
        if (!alone) {
            capabilities.add(Capability.LANES);
        }
        if (alone && sharing.device().isHost() && workload.repeatable()) {
            capabilities.add(Capability.BITWISE);
        }
        return capabilities;
    }
}
