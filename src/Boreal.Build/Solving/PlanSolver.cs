using System.Runtime.ExceptionServices;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Exchange;
using Boreal.Build.Graph;
using Boreal.Build.Running;
using Boreal.Build.Sources;
using Boreal.BuildWire.Packets;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Layers;
using Boreal.Linux.Errors;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Build.Solving;

/// <summary>
/// Brings a plan's result about: an operation begins when its inputs are there, independent ones run side by side, each is done once,
/// and what is known from before is not done again.
/// </summary>
internal sealed class PlanSolver(BuildLayers layers, ImageStore images, StepCache cache, SharedWork<StepRecord> shared, FileStep files, RunStep runs, SourceStep sources)
{
    /// <summary>The first failure ends all; when this throws, nothing of the plan runs any more.</summary>
    /// <exception cref="BuildException">An operation failed for a reason that the user can act on.</exception>
    public async Task<SolvedTree.Layered> SolveAsync(BuildPlan plan, SolveScope scope, CancellationToken cancellationToken)
    {
        foreach (var run in plan.Operations.OfType<RunOperation>())
            RunRights.Check(run, scope);
        scope.Announce(plan.Operations);
        if (plan.Result is not { } result)
            return SolvedTree.Layered.Empty;
        var tree = (SolvedTree.Layered)await SolveAsync(result, plan.Operations, scope, cancellationToken);
        await FetchAsync(tree.Digests, scope, cancellationToken);
        return tree;
    }

    /// <summary>As <see cref="SolveAsync(BuildPlan, SolveScope, CancellationToken)"/>, for an operation that a plan is still to be made of.</summary>
    public Task<SolvedTree> SolveAsync(Operation operation, SolveScope scope, CancellationToken cancellationToken)
    {
        var operations = BuildPlan.InOrder(operation);
        scope.Announce(operations);
        return SolveAsync(operation, operations, scope, cancellationToken);
    }

    private async Task<SolvedTree> SolveAsync(Operation result, IReadOnlyList<Operation> operations, SolveScope scope, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var solver = new Running(this, scope, stop);
        await solver.FinishAsync(operations);
        return await solver.SolveAsync(result);
    }

    private async Task<SolvedTree> SolveAsync(Operation operation, IReadOnlyList<SolvedTree> inputs, SolveScope scope, CancellationToken cancellationToken) => operation switch
    {
        ImageOperation image => FindImage(image, scope),
        ResultOperation result => FindResult(result, scope),
        LocalOperation local => await ReceiveAsync(local, scope, cancellationToken),
        MergeOperation merge => Merge(merge, inputs, scope),
        FileOperation or RunOperation => await AddLayerAsync(operation, new StepInputs(operation, inputs), scope, cancellationToken),
        _ => await sources.LoadAsync(operation, scope, cancellationToken),
    };

    private SolvedTree.Layered FindImage(ImageOperation operation, SolveScope scope)
    {
        var step = scope.StepOf(operation);
        step.Start();
        var reference = ImageReference.Parse(operation.Reference);
        var image = images.TryFind(reference) ?? throw scope.Failure(operation, $"{reference.Familiar}: not found");
        scope.Hold(image.LayerChain);
        step.CompleteCached();
        return new SolvedTree.Layered([.. image.LayerChain.Select(layer => new SolvedLayer(layer))]);
    }

    private static SolvedTree.Layered FindResult(ResultOperation operation, SolveScope scope)
    {
        var tree = scope.Inputs?.Of(operation) ?? throw new InvalidOperationException($"{operation.Provenance.Name}: the build has no inputs");
        scope.StepOf(operation).CompleteCached();
        return tree;
    }

    private static async Task<SolvedTree> ReceiveAsync(LocalOperation operation, SolveScope scope, CancellationToken cancellationToken)
    {
        var step = scope.StepOf(operation);
        step.Start();
        var part = step.Begin("transferring " + operation.Name + ":");
        var filter = new ContextFilter(operation.Name) { Follow = operation.FollowedPaths, Exclude = operation.ExcludedPatterns };
        var folder = await scope.Client.OpenFolderAsync(filter, part, cancellationToken);
        scope.Holdings.Add(folder.Dispose);
        part.Complete();
        step.Complete();
        return new SolvedTree.Received(folder);
    }

    private static SolvedTree.Layered Merge(MergeOperation operation, IReadOnlyList<SolvedTree> inputs, SolveScope scope)
    {
        var solved = new StepInputs(operation, inputs);
        scope.StepOf(operation).Complete();
        return new SolvedTree.Layered([.. solved.LayersOf(operation.Lower).Layers, .. solved.LayersOf(operation.Upper).Layers]);
    }

    /// <summary>
    /// (1) By what the step is defined by, without a look at a file; (2) by the content it would use; (3) by doing it.
    /// </summary>
    private async Task<SolvedTree> AddLayerAsync(Operation operation, StepInputs inputs, SolveScope scope, CancellationToken cancellationToken)
    {
        var step = scope.StepOf(operation);
        var below = inputs.Below;
        var defined = inputs.DefinitionKey();
        if (!operation.IgnoresCache && defined is not null && cache.TryUse(defined) is { } known)                       // (1)
            return Cached(known);
        if (!operation.IgnoresCache && defined is not null && scope.Imported?.TryFind(defined, operation.Provenance.Name) is { } far)
            return Imported(far);

        await FetchAsync(inputs.ReadForContent, scope, cancellationToken);
        var content = await Task.Run(() => ContentKey.Of(operation, inputs, layers, cancellationToken), cancellationToken);
        string[] keys = defined is null || defined == content ? [content] : [defined, content];
        if (!operation.IgnoresCache && cache.TryUse(content) is { } same)                                              // (2)
        {
            if (defined is not null)
                cache.Alias(same, defined);
            return Cached(same);
        }

        if (!operation.IgnoresCache && scope.Imported?.TryFind(content, operation.Provenance.Name) is { } found)
            return Imported(found);

        step.Start();                                                                                                  // (3)
        await FetchAsync(inputs.Digests, scope, cancellationToken);
        var work = operation.IgnoresCache ? $"{content} {Guid.NewGuid()}" : content;
        var made = await shared.RunAsync(work, stop => MakeAsync(operation, inputs, keys, scope, stop), cancellationToken);
        scope.Hold([made.Layer]);
        step.Complete();
        return Added(made);

        SolvedTree Cached(StepRecord record)
        {
            scope.HoldUsed([record.Layer]);
            step.CompleteCached();
            return Added(record);
        }

        SolvedTree Added(StepRecord record) => Put(new ExportedStep { Keys = record.Keys, Layer = new SolvedLayer(record.Layer, record.CreatedAt, record.Id), Below = below.Digests });

        SolvedTree Imported(ImportedStep known)
        {
            step.CompleteCached();
            return Put(new ExportedStep { Keys = known.Keys, Layer = new SolvedLayer(known.Layer, known.CreatedAt), Below = below.Digests, Imported = known });
        }

        SolvedTree Put(ExportedStep exported)
        {
            scope.Steps.Enqueue(exported);
            return new SolvedTree.Layered([.. below.Layers, exported.Layer]);
        }
    }

    // Steps known elsewhere have no files here before somebody looks into them.
    private static Task FetchAsync(IEnumerable<Digest> wanted, SolveScope scope, CancellationToken cancellationToken) =>
        scope.Imported is { } imported ? imported.FetchAsync(wanted, cancellationToken) : Task.CompletedTask;

    private async Task<StepRecord> MakeAsync(Operation operation, StepInputs inputs, string[] keys, SolveScope scope, CancellationToken cancellationToken)
    {
        var below = inputs.Below;
        using var tree = layers.CreateTree(below.Digests);
        if (operation is RunOperation run)
            await runs.RunAsync(run, inputs, tree, scope, cancellationToken);
        else
            await Task.Run(() => files.Apply((FileOperation)operation, inputs, tree, scope, cancellationToken), cancellationToken);
        string[] parents = below.Layers is [.., { Record.Length: > 0 } last] ? [last.Record] : [];
        var record = await Task.Run(() => cache.Keep(tree, keys, operation.Provenance.Name, parents, cancellationToken), cancellationToken);
        // Its record keeps it from here on.
        layers.Release([record.Layer]);
        return record;
    }

    // The step tells what happened, the build's failure also what that was in the middle of.
    private static Exception Reason(Exception failure) => failure.InnerException is BuildException inner ? Reason(inner) : failure;

    /// <summary>The operations of one call.</summary>
    private sealed class Running(PlanSolver solver, SolveScope scope, CancellationTokenSource stop)
    {
        private Exception? _failure;

        public Task<SolvedTree> SolveAsync(Operation operation) => scope.Once(operation, () => SolveOnceAsync(operation));

        /// <summary>Waits for all, also after a failure: nothing may run on behind the caller's back.</summary>
        public async Task FinishAsync(IReadOnlyList<Operation> operations)
        {
            var all = operations.Select(SolveAsync).ToList();
            await Task.WhenAll(all).ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (_failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
        }

        private async Task<SolvedTree> SolveOnceAsync(Operation operation)
        {
            var inputs = await Task.WhenAll(operation.Inputs.Select(SolveAsync));
            try
            {
                stop.Token.ThrowIfCancellationRequested();
                return await BuildSpans.DoAsync("build.step", operation.Provenance.Name, () => solver.SolveAsync(operation, inputs, scope, stop.Token));
            }
            catch (Exception exception)
            {
                var failure = exception is EngineException or LinuxException or ContextException or BuildException { Step: null } ? scope.Failure(operation, exception.Message, exception) : exception;
                if (failure is not OperationCanceledException || !stop.IsCancellationRequested)
                    scope.StepOf(operation).Fail(Reason(failure).Message);
                else
                    scope.StepOf(operation).Fail("context canceled");
                // The first is the reason for those that come of it.
                Interlocked.CompareExchange(ref _failure, failure, null);
                await stop.CancelAsync();
                throw;
            }
        }
    }
}
