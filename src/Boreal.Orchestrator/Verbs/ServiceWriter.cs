using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Adoption;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Specs;
using Boreal.Orchestrator.Store;

namespace Boreal.Orchestrator.Verbs;

/// <summary>Writes what people ask of services. A write that meets another one is made anew on what is then there.</summary>
internal sealed class ServiceWriter(IStateStore store, AppsView view, Adopter adopter, TimeProvider time)
{
    private const int KeptRevisions = 10;

    /// <summary>Asks for a service as this spec says.</summary>
    public async Task PutAsync(string app, ServiceSpec spec, PutOptions options, CancellationToken cancellationToken)
    {
        var id = ServiceKeys.Id(app, spec.Name);
        while (true)
        {
            var known = view.Find(id);
            Check(known, id, options.Version);
            spec = AutoscaleVerbs.Kept(spec, known);
            var record = Next(app, spec, known);
            var next = (known ?? new ServiceView { Id = id, Record = record, RecordRevision = 0, Spec = spec }) with { Record = record, Spec = spec };
            var adopted = await adopter.FindAsync(next, cancellationToken);
            var transaction = new StoreTransaction()
                .Expect(ServiceKeys.Record(id), known?.RecordRevision ?? 0)
                .Put(ServiceKeys.Record(id), JsonSerializer.SerializeToUtf8Bytes(record, RecordsJsonContext.Default.ServiceRecord))
                .Put(ServiceKeys.Spec(id), JsonSerializer.SerializeToUtf8Bytes(spec, AppsJsonContext.Default.ServiceSpec))
                .Put(ServiceKeys.Revision(id, record.Revision), JsonSerializer.SerializeToUtf8Bytes(spec, AppsJsonContext.Default.ServiceSpec));
            foreach (var dropped in next.Revisions.Keys.Where(number => !record.Revisions.Any(kept => kept.Number == number)).Take(KeptRevisions))
                transaction.Delete(ServiceKeys.Revision(id, dropped));
            foreach (var maker in adopted.Makers)
                transaction.Expect(ServiceKeys.Task(id, maker), 0);
            foreach (var task in adopted.Tasks)
                transaction.Put(ServiceKeys.Task(id, task.Id), JsonSerializer.SerializeToUtf8Bytes(task, RecordsJsonContext.Default.ServiceTask));
            if (adopted.Decisions.Count > 0)
                transaction.Put(ServiceKeys.DecisionsOf(id), JsonSerializer.SerializeToUtf8Bytes(next.Decisions.Add(adopted.Decisions), RecordsJsonContext.Default.DecisionList));
            if (await CommitAsync(transaction, cancellationToken))
                return;
        }
    }

    /// <summary>Changes a service that is there.</summary>
    /// <param name="id"><c>app/name</c>.</param>
    /// <param name="change">From what is to what is to be; null: nothing to do. Called again when somebody else was quicker.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task ChangeAsync(string id, Func<ServiceView, (ServiceRecord Record, ServiceSpec Spec, string Decision)?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = Require(id);
            if (change(known) is not var (record, spec, why))
                return;
            var action = why.Split(' ', 2)[0];
            var decision = new AppDecision { At = time.GetUtcNow(), Action = action, Revision = record.Revision, Why = why };
            var transaction = new StoreTransaction()
                .Expect(ServiceKeys.Record(id), known.RecordRevision)
                .Put(ServiceKeys.Record(id), JsonSerializer.SerializeToUtf8Bytes(record, RecordsJsonContext.Default.ServiceRecord))
                .Put(ServiceKeys.Spec(id), JsonSerializer.SerializeToUtf8Bytes(spec, AppsJsonContext.Default.ServiceSpec))
                .Put(ServiceKeys.DecisionsOf(id), JsonSerializer.SerializeToUtf8Bytes(known.Decisions.Add([decision]), RecordsJsonContext.Default.DecisionList));
            if (await CommitAsync(transaction, cancellationToken))
                return;
        }
    }

    public ServiceView Require(string id) =>
        view.Find(id) ?? throw new AppException(AppErrorKind.NotFound, $"no such service: {id.Replace('/', ' ')}: 'boreal app ls' lists the apps");

    /// <exception cref="AppException">Conflict: it is not at the version that was seen, or is being removed.</exception>
    public static void Check(ServiceView? known, string id, long? version)
    {
        if (version is { } seen && seen != (known?.RecordRevision ?? 0))
            throw new AppException(AppErrorKind.Conflict, $"update out of sequence: service {id} is at version {known?.RecordRevision ?? 0}, not {seen}: read it again");
        if (known?.Record.Removing == true)
            throw new AppException(AppErrorKind.Conflict, $"service {id} is being removed: wait until it is gone");
    }

    private ServiceRecord Next(string app, ServiceSpec spec, ServiceView? known)
    {
        var now = time.GetUtcNow();
        var hash = SpecHash.Of(spec);
        if (known is null)
        {
            return new ServiceRecord
            {
                App = app, Name = spec.Name, Revision = 1, Hash = hash, CreatedAt = now, UpdatedAt = now, Generation = 1,
                Revisions = [new RevisionRecord { Number = 1, Hash = hash, At = now }],
            };
        }
        var record = known.Record with { UpdatedAt = now, Generation = known.Record.Generation + 1, StopGracePeriod = null };
        if (hash == record.Hash)
            return record.Update is { IsPaused: true } paused ? record with { Update = paused with { State = UpdateState.Updating, StartedAt = now, Message = "asked for again" } } : record;
        var number = record.Revisions.Max(revision => revision.Number) + 1;
        var before = record.Update is { IsGoingOn: true, IsRollback: false } or { State: UpdateState.Paused } ? record.Update.From : record.Revision;
        var used = known.Tasks.Values.Select(task => task.Task.Revision).Append(before).ToHashSet();
        var made = new RevisionRecord { Number = number, Hash = hash, At = now, Changes = SpecHash.Changes(known.Spec, spec) };
        var oldest = record.Revisions.Count + 1 - KeptRevisions;
        return record with
        {
            Revision = number,
            Hash = hash,
            Revisions = [.. record.Revisions.Where((revision, place) => place >= oldest || used.Contains(revision.Number)), made],
            Update = new UpdateProgress { State = UpdateState.Updating, StartedAt = now, From = before, Message = $"changed: {string.Join(", ", made.Changes)}" },
        };
    }

    private async Task<bool> CommitAsync(StoreTransaction transaction, CancellationToken cancellationToken)
    {
        var written = await store.CommitAsync(transaction, cancellationToken);
        await view.ReachAsync(written.Revision, cancellationToken);
        return written.IsCommitted;
    }
}
