using System.Runtime.CompilerServices;
using Boreal.Api.Apps;
using Boreal.Orchestrator.Errors;
using Boreal.Orchestrator.Nodes;
using Boreal.Orchestrator.Planning;
using Boreal.Orchestrator.Reconciling;
using Boreal.Orchestrator.Reporting;
using Boreal.Orchestrator.Services;
using Boreal.Orchestrator.Specs;
using Boreal.Orchestrator.Store;

namespace Boreal.Orchestrator.Verbs;

/// <summary>What people do with apps. Every verb returns when its wish is written; what follows is seen by <see cref="WatchAsync"/>.</summary>
public sealed class AppVerbs
{
    private readonly IStateStore _store;
    private readonly AppOrchestrator _orchestrator;
    private readonly INode _node;
    private readonly TimeProvider _time;
    private readonly ServiceWriter _writer;

    public AppVerbs(IStateStore store, AppOrchestrator orchestrator, INode node, TimeProvider time)
    {
        _store = store;
        _orchestrator = orchestrator;
        _node = node;
        _time = time;
        _writer = orchestrator.Writer;
        Autoscale = new AutoscaleVerbs(_writer, orchestrator.Scaler, time);
    }

    public AutoscaleVerbs Autoscale { get; }

    private AppsView View => _orchestrator.View;

    private IReadOnlyList<ServiceView> SortedServices => [.. View.Services.OrderBy(service => service.Id, StringComparer.Ordinal)];

    public IReadOnlyList<AppSummary> List() =>
        [.. View.Services.GroupBy(service => service.App).OrderBy(app => app.Key, StringComparer.Ordinal).Select(app => ServiceReport.Summarise(app.Key, [.. app], _node))];

    /// <summary>What all services use, or those of one app, which then must be there.</summary>
    public IReadOnlyList<ServiceUsage> Usage(string? app)
    {
        var services = app is null ? SortedServices : View.App(app);
        return app is not null && services.Count == 0 ? throw NoSuchApp(app) : [.. services.Select(service => UsageReport.Describe(service, _node, _time.GetUtcNow()))];
    }

    /// <summary>All services in numbers.</summary>
    public IReadOnlyList<ServiceFigures> Figures() =>
    [
        .. SortedServices.Select(service =>
        {
            var look = _orchestrator.Scaler.LastLook(service.Id);
            return new ServiceFigures(service, UsageReport.Describe(service, _node, _time.GetUtcNow()), look?.Settings, look?.Readings ?? []);
        }),
    ];

    /// <summary>The ids of all services, <c>app/service</c>, in order.</summary>
    public IEnumerable<string> Services => SortedServices.Select(service => service.Id);

    /// <summary>What has happened to services since the start.</summary>
    public ServiceTallies Tallies => View.Tallies;

    public AppInspect Inspect(string app)
    {
        var services = View.App(app);
        return services.Count == 0 ? throw NoSuchApp(app) : new AppInspect { Name = app, Services = [.. services.Select(Describe)] };
    }

    public ServiceInspect Inspect(string app, string service) => Describe(_writer.Require(ServiceKeys.Id(app, service)));

    public ServiceHistory History(string app, string service)
    {
        var known = _writer.Require(ServiceKeys.Id(app, service));
        return new ServiceHistory
        {
            Revisions =
            [
                .. known.Record.Revisions.Reverse().Select(revision => new RevisionSummary
                {
                    Revision = revision.Number,
                    At = revision.At,
                    Image = known.Revisions.GetValueOrDefault(revision.Number)?.Template.Image ?? "",
                    Changes = revision.Changes,
                    IsCurrent = revision.Number == known.Record.Revision,
                }),
            ],
            Decisions = [.. known.Decisions.Decisions.Reverse()],
        };
    }

    public WhyReport Why(string app, string service)
    {
        var known = _writer.Require(ServiceKeys.Id(app, service));
        return WhyReporter.Report(known, Finder(app), _node, _orchestrator.Rotations.FailureOf(known.Id));
    }

    /// <summary>Asks for one service.</summary>
    public async Task<ServiceInspect> PutAsync(string app, ServiceSpec spec, PutOptions options, CancellationToken cancellationToken)
    {
        ReadLabels(spec);
        SpecRules.Check(app, spec);
        CheckCycles(app, [spec], isAll: false);
        await _writer.PutAsync(app, spec, options, cancellationToken);
        return Inspect(app, spec.Name);
    }

    /// <summary>Asks for several services; all are checked before the first is written.</summary>
    public async Task<AppInspect> PutAsync(string app, AppSpec spec, CancellationToken cancellationToken)
    {
        foreach (var service in spec.Services)
        {
            ReadLabels(service);
            SpecRules.Check(app, service);
        }
        if (spec.Services.GroupBy(service => service.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new AppException(AppErrorKind.Invalid, $"service {twice.Key} is there twice");
        CheckCycles(app, spec.Services, spec.RemoveOthers);
        foreach (var service in spec.Services)
            await _writer.PutAsync(app, service, new PutOptions(), cancellationToken);
        if (spec.RemoveOthers)
        {
            foreach (var other in View.App(app).Where(known => !spec.Services.Any(service => service.Name == known.Name)))
                await RemoveAsync(app, other.Name, new RemoveOptions(), cancellationToken);
        }
        return View.App(app).Count == 0 ? new AppInspect { Name = app } : Inspect(app);
    }

    /// <summary>A number that the autoscaler may not choose pauses it.</summary>
    public Task ScaleAsync(string app, string service, int replicas, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known =>
        {
            SpecRules.CheckReplicas(known.Spec, replicas);
            return replicas == known.Spec.Replicas
                ? null
                : (known.Record with { UpdatedAt = _time.GetUtcNow(), IsScalingPaused = known.Record.IsScalingPaused || AutoscaleVerbs.Forbids(known.Spec, replicas) },
                    known.Spec with { Replicas = replicas }, $"scale from {known.Spec.Replicas} to {replicas}, by hand");
        }, cancellationToken);

    /// <summary>Replaces every task by one of the same spec, as an update does.</summary>
    public async Task RestartAsync(string app, string service, CancellationToken cancellationToken)
    {
        var known = _writer.Require(ServiceKeys.Id(app, service));
        await _writer.PutAsync(app, known.Spec with { ForceUpdate = known.Spec.ForceUpdate + 1, Stopped = false }, new PutOptions(), cancellationToken);
    }

    public Task StopAsync(string app, string service, RemoveOptions options, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known => known.Spec.Stopped
            ? null
            : (known.Record with { StopGracePeriod = Grace(options) }, known.Spec with { Stopped = true }, "stop by hand"), cancellationToken);

    public Task StartAsync(string app, string service, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known =>
            (known.Record with { Generation = known.Record.Generation + 1, StopGracePeriod = null }, known.Spec with { Stopped = false }, "start by hand"), cancellationToken);

    /// <summary>Back to the revision before, as an update does. One that goes back already is left alone: asked once more it would go forth.</summary>
    public Task RollBackAsync(string app, string service, PutOptions options, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known =>
        {
            ServiceWriter.Check(known, known.Id, options.Version);
            if (known.Record.Update is { State: UpdateState.RollbackStarted })
                return null;
            var target = known.Record.Update is { From: > 0 } update && known.Revisions.ContainsKey(update.From)
                ? update.From
                : known.Revisions.Keys.Where(number => number < known.Record.Revision).DefaultIfEmpty(0).Max();
            if (!known.Revisions.TryGetValue(target, out var before))
                throw new AppException(AppErrorKind.Conflict, $"service {service} has no earlier revision to go back to");
            var draft = new PlanDraft(known, Finder(app), _time.GetUtcNow(), TaskIds.Create);
            RollingUpdate.RollBack(draft, target, before, "by hand");
            return (draft.Record, draft.Spec, $"rollback to revision {target}, by hand");
        }, cancellationToken);

    public Task RemoveAsync(string app, string service, RemoveOptions options, CancellationToken cancellationToken) =>
        _writer.ChangeAsync(ServiceKeys.Id(app, service), known => known.Record.Removing
            ? null
            : (known.Record with { Removing = true, RemovesVolumes = options.WithVolumes, StopGracePeriod = Grace(options) }, known.Spec, "remove by hand"), cancellationToken);

    /// <summary>Every service of an app.</summary>
    public async Task RemoveAsync(string app, RemoveOptions options, CancellationToken cancellationToken)
    {
        var services = View.App(app);
        if (services.Count == 0)
            throw NoSuchApp(app);
        foreach (var service in services)
            await RemoveAsync(app, service.Name, options, cancellationToken);
    }

    /// <summary>Every service of an app as it is, then each one that changes, as it is then; without end.</summary>
    public async IAsyncEnumerable<ServiceInspect> WatchAsync(string app, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var revision = (await _store.ListAsync(ServiceKeys.Record(app + "/"), cancellationToken)).Revision;
        await View.ReachAsync(revision, cancellationToken);
        foreach (var service in View.App(app))
            yield return Describe(service);
        await foreach (var changes in _store.WatchAsync("", revision, cancellationToken))
        {
            await View.ReachAsync(changes.Revision, cancellationToken);
            foreach (var id in changes.Changes.Select(change => ServiceOf(change.Key, app)).OfType<string>().Distinct())
                yield return View.Find(id) is { } service ? Describe(service) : new ServiceInspect { App = app, Name = id[(app.Length + 1)..], Removing = true, Gone = true };
        }
    }

    private static string? ServiceOf(string key, string app) =>
        ServiceKeys.TryParse(key, out _, out var service, out _) && service.StartsWith(app, StringComparison.Ordinal) && service.Length > app.Length && service[app.Length] == '/' ? service : null;

    /// <summary>Labels are how clients that know no more than Docker's say how a service scales.</summary>
    private static void ReadLabels(ServiceSpec spec)
    {
        try
        {
            spec.Autoscale ??= AutoscaleWords.FromLabels(spec.Labels) ?? AutoscaleWords.FromLabels(spec.Template.Labels);
        }
        catch (FormatException exception)
        {
            throw new AppException(AppErrorKind.Invalid, $"service {spec.Name}: labels {AutoscaleWords.LabelPrefix}*: {exception.Message}");
        }
    }

    private void CheckCycles(string app, IReadOnlyList<ServiceSpec> given, bool isAll)
    {
        var services = isAll ? [] : View.App(app).ToDictionary(service => service.Name, service => service.Spec);
        foreach (var service in given)
            services[service.Name] = service;
        SpecRules.CheckCycles(services);
    }

    private ServiceInspect Describe(ServiceView service) => ServiceReport.Describe(service, Finder(service.App), _node);

    private Func<string, ServiceView?> Finder(string app) => name => View.Find(ServiceKeys.Id(app, name));

    private static long? Grace(RemoveOptions options) => options.Grace is { } grace ? (long)grace.TotalNanoseconds : null;

    private static AppException NoSuchApp(string app) => new(AppErrorKind.NotFound, $"no such app: {app}: 'boreal app ls' lists the apps");
}
