using Boreal.Api.Containers;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime;
using Sample = Boreal.Engine.Runtime.ContainerStats;
using Wire = Boreal.Api.Containers;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>What a container uses: once, or every second until the client leaves.</summary>
internal sealed class StatsEndpoints(ContainerRegistry containers, Cgroups cgroups, TimeProvider time) : IEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public void Map(RouteTable routes) => routes.Get("/containers/{id}/stats", GetAsync);

    private Task GetAsync(HttpContext context)
    {
        var container = containers.Find(context.RouteValue("id"));
        var stream = context.QueryBool("stream", whenMissing: true);
        var oneShot = context.QueryBool("one-shot");
        if (stream && oneShot)
            throw new EngineException(ErrorKind.Invalid, "cannot have stream=true and one-shot=true");
        return stream ? StreamAsync(context, container) : OnceAsync(context, container, oneShot);
    }

    private async Task OnceAsync(HttpContext context, Container container, bool oneShot)
    {
        var before = oneShot ? null : TrySample(container);
        if (before is not null)
            await Task.Delay(Interval, time, context.Gone());
        await context.AnswerJsonAsync(Describe(container, ref before), ContainersJsonContext.Default.ContainerStats);
    }

    private async Task StreamAsync(HttpContext context, Container container)
    {
        var gone = context.Gone();
        await context.StartStreamAsync("application/json", gone);
        using var timer = new PeriodicTimer(Interval, time);
        Sample? before = null;
        do
        {
            await context.SendJsonLineAsync(Describe(container, ref before), ContainersJsonContext.Default.ContainerStats, gone);
        }
        while (await timer.WaitForNextTickAsync(gone) && containers.TryFind(container.Id.Value) is not null);
    }

    private Wire.ContainerStats Describe(Container container, ref Sample? before)
    {
        var sample = TrySample(container);
        var answer = sample is null ? StatsView.Empty(container.Spec) : StatsView.Describe(container.Spec, sample, before);
        before = sample;
        return answer;
    }

    /// <summary>Null when there is no process to measure, also when it ends right now.</summary>
    private Sample? TrySample(Container container)
    {
        var status = container.Status;
        if (!status.HasProcess)
            return null;
        try
        {
            return cgroups.Of(container.Id, container.Spec.Resources).ReadStats(status.Pid);
        }
        catch (IOException) when (!container.Status.HasProcess || container.Status.Pid != status.Pid)
        {
            return null;
        }
    }
}
