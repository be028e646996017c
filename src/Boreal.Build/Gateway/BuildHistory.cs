using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Engine.Errors;
using Google.Protobuf.WellKnownTypes;

namespace Boreal.Build.Gateway;

/// <summary>The builds that run and the last ones that ran, while this engine lives.</summary>
internal sealed class BuildHistory(TimeProvider clock)
{
    private const int Kept = 50;

    private readonly Lock _lock = new();
    private readonly List<BuildHistoryRecord> _records = [];
    private readonly HashSet<ChannelWriter<BuildHistoryEvent>> _listeners = [];

    /// <summary>Dispose of it when the build is over, however it ended.</summary>
    public HistoryEntry Begin(SolveRequest request)
    {
        var record = new BuildHistoryRecord { Ref = request.Ref, Frontend = request.Frontend, CreatedAt = clock.GetUtcNow().ToTimestamp() };
        record.FrontendAttrs.Add(request.FrontendAttrs);
        record.Exporters.Add(request.Exporters);
        lock (_lock)
        {
            _records.Add(record);
            if (_records.Count > Kept && _records.Find(each => each.CompletedAt is not null && !each.Pinned) is { } oldest)
                _records.Remove(oldest);
        }
        Tell(BuildHistoryEventType.Started, record);
        return new HistoryEntry(this, record);
    }

    /// <summary>What there is, newest first, then what happens, unless only what there is was asked for.</summary>
    public async IAsyncEnumerable<BuildHistoryEvent> ListenAsync(BuildHistoryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var happening = Channel.CreateBounded<BuildHistoryEvent>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        List<BuildHistoryRecord> known;
        lock (_lock)
        {
            known = [.. _records.Where(record => Matches(request, record)).Reverse().Take(request.Limit > 0 ? request.Limit : Kept)];
            if (!request.EarlyExit)
                _listeners.Add(happening.Writer);
        }
        try
        {
            foreach (var record in known)
                yield return new BuildHistoryEvent { Type = record.CompletedAt is null ? BuildHistoryEventType.Started : BuildHistoryEventType.Complete, Record = record };
            if (request.EarlyExit)
                yield break;
            await foreach (var happened in happening.Reader.ReadAllAsync(cancellationToken))
            {
                if (Matches(request, happened.Record))
                    yield return happened;
            }
        }
        finally
        {
            lock (_lock)
                _listeners.Remove(happening.Writer);
        }
    }

    public void Update(UpdateBuildHistoryRequest request)
    {
        BuildHistoryRecord record;
        lock (_lock)
        {
            record = _records.Find(each => each.Ref == request.Ref)
                ?? throw new EngineException(ErrorKind.NotFound, $"failed to retrieve record {request.Ref}");
            if (request.Delete)
                _records.Remove(record);
            else if (!request.Finalize)
                record.Pinned = request.Pinned;
        }
        if (request.Delete)
            Tell(BuildHistoryEventType.Deleted, record);
    }

    internal void Complete(BuildHistoryRecord record)
    {
        lock (_lock)
            record.CompletedAt = clock.GetUtcNow().ToTimestamp();
        Tell(BuildHistoryEventType.Complete, record);
    }

    private void Tell(BuildHistoryEventType type, BuildHistoryRecord record)
    {
        var happened = new BuildHistoryEvent { Type = type, Record = record };
        lock (_lock)
        {
            foreach (var listener in _listeners)
                listener.TryWrite(happened);
        }
    }

    private static bool Matches(BuildHistoryRequest request, BuildHistoryRecord record) =>
        (request.Ref.Length == 0 || request.Ref == record.Ref) && (!request.ActiveOnly || record.CompletedAt is null);
}
