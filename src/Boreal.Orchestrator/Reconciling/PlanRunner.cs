using System.Text.Json;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Planning;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Store;
using Microsoft.Extensions.Logging;

namespace Boreal.Orchestrator.Reconciling;

/// <summary>Plans a service and writes the plan, until there is nothing more to write. Whoever else writes the service makes it plan anew.</summary>
internal sealed partial class PlanRunner(IStateStore store, AppsView view, TimeProvider time, ILogger<PlanRunner> logger)
{
    // A plan is written with the record and the decisions, so below what a transaction takes.
    private const int MostTasks = 100;

    /// <returns>When to plan again although nothing has changed; null: then not.</returns>
    public async Task<DateTimeOffset?> RunAsync(string service, CancellationToken cancellationToken)
    {
        while (view.Find(service) is { } known)
        {
            var plan = ServicePlanner.Plan(known, name => view.Find(ServiceKeys.Id(known.App, name)), time.GetUtcNow(), TaskIds.Create);
            if (plan.IsEmpty)
                return plan.WakeAt;
            foreach (var decision in plan.Decisions)
                Log.Decided(logger, service, decision.Slot, decision.Action, decision.Why);
            var written = await store.CommitAsync(plan.Forget ? Forget(known) : Write(known, plan), cancellationToken);
            await view.ReachAsync(written.Revision, cancellationToken);
        }
        return null;
    }

    private static StoreTransaction Write(ServiceView service, ServicePlan plan)
    {
        var transaction = new StoreTransaction().Expect(ServiceKeys.Record(service.Id), service.RecordRevision);
        foreach (var task in plan.Puts.Take(MostTasks))
        {
            var key = ServiceKeys.Task(service.Id, task.Id);
            transaction
                .Expect(key, service.Tasks.GetValueOrDefault(task.Id)?.TaskRevision ?? 0)
                .Put(key, JsonSerializer.SerializeToUtf8Bytes(task, RecordsJsonContext.Default.ServiceTask));
        }
        // What does not fit is planned again.
        if (plan.Puts.Count > MostTasks)
            return transaction;
        if (plan.Puts.Count <= MostTasks / 2)
        {
            foreach (var id in plan.Deletes.Take(MostTasks / 4))
                transaction.Delete(ServiceKeys.Task(service.Id, id)).Delete(ServiceKeys.Status(service.Id, id));
        }
        if (plan.Record is { } record)
            transaction.Put(ServiceKeys.Record(service.Id), JsonSerializer.SerializeToUtf8Bytes(record, RecordsJsonContext.Default.ServiceRecord));
        if (plan.Spec is { } spec)
            transaction.Put(ServiceKeys.Spec(service.Id), JsonSerializer.SerializeToUtf8Bytes(spec, AppsJsonContext.Default.ServiceSpec));
        if (plan.Decisions.Count > 0)
            transaction.Put(ServiceKeys.DecisionsOf(service.Id), JsonSerializer.SerializeToUtf8Bytes(service.Decisions.Add(plan.Decisions), RecordsJsonContext.Default.DecisionList));
        return transaction;
    }

    private static StoreTransaction Forget(ServiceView service)
    {
        var transaction = new StoreTransaction()
            .Expect(ServiceKeys.Record(service.Id), service.RecordRevision)
            .Expect(ServiceKeys.Rotation(service.Id), 0)
            .Delete(ServiceKeys.Record(service.Id))
            .Delete(ServiceKeys.Spec(service.Id))
            .Delete(ServiceKeys.DecisionsOf(service.Id));
        foreach (var revision in service.Revisions.Keys)
            transaction.Delete(ServiceKeys.Revision(service.Id, revision));
        return transaction;
    }

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Information, "service {Service} slot {Slot}: {Action}: {Why}")]
        public static partial void Decided(ILogger logger, string service, int slot, string action, string why);
    }
}
