using Boreal.Engine.Transfers;
using Boreal.Oci.Content;
using Boreal.Oci.Tar;

namespace Boreal.Engine.Layers;

/// <summary>Makes of a layer another that is the same but for the times of its files: none is later than a given one.</summary>
internal sealed class LayerDater(LayerStore layers)
{
    private const int CopyBytes = 256 * 1024;

    /// <summary>The new layer, counted as used once by the caller, who holds the old one.</summary>
    public async Task<LayerRecord> RunAsync(Digest layer, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        using var draft = layers.CreateDraft();
        using var intake = new LayerIntake(draft, Compression.None);
        using var original = new ChunkPipe(1);
        var reading = OnThread(() => Read(layer, original, cancellationToken));
        try
        {
            await OnThread(() => Rewrite(original.Readers[0], intake, latest.ToUnixTimeSeconds(), cancellationToken));
            return layers.Keep(draft, await intake.CompleteAsync());
        }
        catch (Exception exception)
        {
            original.Fail(exception);
            intake.Abort(exception);
            await intake.EndedAsync();
            throw;
        }
        finally
        {
            await reading;
        }
    }

    private static Task OnThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(Digest layer, ChunkPipe target, CancellationToken cancellationToken)
    {
        try
        {
            layers.CopyTar(layer, new WriteStream(target.Write), cancellationToken);
            target.Complete();
        }
        catch (Exception exception)
        {
            // Who rewrites meets it.
            target.Fail(exception);
        }
    }

    private static void Rewrite(Stream source, LayerIntake target, long latest, CancellationToken cancellationToken)
    {
        var reader = new TarReader(source);
        var writer = new TarWriter(new WriteStream(target.Write));
        var buffer = new byte[CopyBytes];
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Begin(entry.Modified.Seconds >= latest ? entry with { Modified = new TarTime(latest, 0) } : entry);
            int count;
            while (reader.Remaining > 0 && (count = reader.ReadPayload(buffer)) > 0)
                writer.Payload(buffer.AsSpan(0, count));
        }

        writer.End();
        source.CopyTo(Stream.Null);
    }
}
