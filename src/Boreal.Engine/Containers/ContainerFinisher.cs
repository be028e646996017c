using System.Globalization;
using Boreal.Engine.Execs;
using Boreal.Engine.Health;
using Boreal.Engine.Shims;

namespace Boreal.Engine.Containers;

/// <summary>
/// Running -> exited or restarting: (1) record, (2) network and volumes, (3) announce, (4) the rest, behind the answer.
/// Killed after (1), the next start of the daemon finds an exited container whose resources nobody owns, and frees them.
/// </summary>
internal sealed class ContainerFinisher(
    ContainerRegistry registry, ContainerEnvironment environment, ContainerReleaser releaser, HealthMonitor health, ExecRegistry execs, ContainerEvents events,
    TimeProvider time)
{
    /// <summary>The caller holds the claim.</summary>
    /// <param name="container">The container.</param>
    /// <param name="shim">Null when it died unseen.</param>
    /// <param name="exit">How the process ended.</param>
    /// <param name="restart">The restart policy will start it again.</param>
    /// <param name="told">Completes when who waits for the end has been told; (4) begins then.</param>
    public async Task FinishAsync(Container container, Shim? shim, ExitRecord exit, bool restart, Task told)
    {
        var ended = container.Status;
        health.Stop(container);
        execs.EndAll(container.Id);
        registry.Update(container, ended with                                                             // (1)
        {
            State = restart ? ContainerState.Restarting : ContainerState.Exited,
            Pid = 0,
            ExitCode = exit.Code,
            OomKilled = exit.OomKilled,
            FinishedAt = exit.FinishedAt,
            RestartCount = restart ? ended.RestartCount + 1 : ended.RestartCount,
            Network = null,
        });
        container.Life.Shim = null;

        if (exit.OomKilled && !container.Life.OutOfMemoryAnnounced)
            events.Publish(container, "oom");
        if (ended.Network is { } network)                                                                  // (2)
        {
            await environment.DisconnectAsync(network);
            events.PublishNetwork(container, "disconnect", network);
        }

        environment.ReleaseVolumes(container.Spec);
        events.PublishUnmounts(container);                                                                // (3)
        var ran = exit.FinishedAt - (ended.StartedAt ?? exit.FinishedAt);
        events.Publish(container, "die",
            ("execDuration", ((long)ran.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("exitCode", exit.Code.ToString(CultureInfo.InvariantCulture)));

        releaser.Begin(container, shim, told);                                                            // (4)
        container.Life.AnnounceRunEnded(new ContainerExit(exit.Code, null));
    }

    /// <summary>The process ended while no daemon watched: what the shim recorded, or Docker's 255 for an end that nobody recorded.</summary>
    public Task FinishUnseenAsync(Container container, ExitRecord? recorded) =>
        FinishAsync(container, shim: null, recorded ?? new ExitRecord(255, time.GetUtcNow(), OomKilled: false), restart: false, Task.CompletedTask);
}
