package ismap.app;

import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** Reads the same files once; whoever asks for them while they are being read waits for that. */
final class ReadOnce implements Function<RulebookFiles, LoadedRulebook> {

    private final ConcurrentMap<String, LoadedRulebook> read = new ConcurrentHashMap<>();

    @Override
    public LoadedRulebook apply(RulebookFiles files) {
        return read.computeIfAbsent(Digests.ofFiles(files), digest -> Rulebooks.checked(files));
    }
}
