using System.Globalization;
using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Client;
using Boreal.Client.Errors;
using Boreal.Compose.Requests;

namespace Boreal.Cli.Commands.Compose;

/// <summary>
/// Shows what services put out from now on and when their containers end, until nothing runs any more. Containers that come later are
/// shown too.
/// </summary>
internal sealed class AttachedProject(CliContext context, string project, IReadOnlyCollection<string> all, IReadOnlyCollection<string> shown, LogLines lines)
{
    private readonly Dictionary<string, Task> _followed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _up = new(StringComparer.Ordinal);

    /// <summary>From when on the output of a container that was there before is new.</summary>
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    /// <summary>Called with the service and its exit code when a container has ended for good; true ends it all.</summary>
    public Func<string, int, bool> Ended { get; init; } = static (_, _) => false;

    /// <summary>Begins to listen; what happens from then on is shown once the inner task runs.</summary>
    public async Task<Func<CancellationToken, Task>> BeginAsync(CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        foreach (var container in await ProjectContainers.OfServicesAsync(context, project, all, all: true, cancellationToken))
        {
            _since[container.Id] = now;
            if (container.State is "running" && _up.Add(container.Id)) Follow(container.Id, ProjectContainers.ServiceOf(container), ProjectContainers.Name(container), cancellationToken);
        }

        return cancel => ListenAsync(Seconds(now), cancel);
    }

    private async Task ListenAsync(string since, CancellationToken cancellationToken)
    {
        var filters = new FilterQuery().Add("type", "container").Add("label", $"{ComposeLabels.Project}={project}");
        var last = 0L;
        var end = Happening.GoesOn;
        await foreach (var message in context.Client.Node.EventsAsync(since, null, filters, cancellationToken))
        {
            last = message.Number("timeNano");
            end = await HearAsync(message, cancellationToken);
            if (end is not Happening.GoesOn) break;
        }

        // The engine was asked how things are now, which may be ahead of what was heard: the rest of it has been told already.
        if (end is Happening.IsOver)
        {
            await foreach (var message in context.Client.Node.EventsAsync(since, Seconds(context.Clock.GetUtcNow().AddMilliseconds(1)), filters, cancellationToken))
            {
                if (message.Number("timeNano") > last && await HearAsync(message, cancellationToken) is Happening.IsEnough) break;
            }
        }

        await Task.WhenAll(_followed.Values);
    }

    private async Task<Happening> HearAsync(JsonElement message, CancellationToken cancellationToken)
    {
        var attributes = message.Object("Actor").Object("Attributes");
        var (id, service) = (message.Object("Actor").Text("ID"), attributes.Text(ComposeLabels.Service));
        if (attributes.Text(ComposeLabels.OneOff) is "True" || !all.Contains(service)) return Happening.GoesOn;
        if (message.Text("Action") is "start" && _up.Add(id)) Follow(id, service, attributes.Text("name"), cancellationToken);
        if (message.Text("Action") is not "die" || !_up.Remove(id)) return Happening.GoesOn;
        if (_followed.Remove(id, out var following)) await following;
        _since[id] = Time(message);
        var code = int.Parse(attributes.Text("exitCode"), CultureInfo.InvariantCulture);
        if (shown.Contains(service)) await lines.SayAsync($"{lines.Short(attributes.Text("name"))} exited with code {code}", cancellationToken);
        if (Ended(service, code)) return Happening.IsEnough;
        return _up.Count is 0 && await IsOverAsync(cancellationToken) ? Happening.IsOver : Happening.GoesOn;
    }

    /// <summary>Whether no service gets another container by itself.</summary>
    private async Task<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        var services = (await context.Client.Apps.InspectAsync(project, cancellationToken)).Services.Where(service => all.Contains(service.Name));
        return services.All(service => service.Spec.Stopped || service.Counts.Completed + service.Counts.Failed >= service.Counts.Desired);
    }

    private void Follow(string id, string service, string name, CancellationToken cancellationToken)
    {
        if (shown.Contains(service)) _followed[id] = FollowAsync(id, name, _since.TryGetValue(id, out var since) ? since : null, cancellationToken);
    }

    private async Task FollowAsync(string id, string name, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        try
        {
            await lines.ShowAsync(id, name, new() { Follow = true, Since = since is { } from ? Seconds(from) : null }, cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is 404 or 501)
        {
            await context.Error.WriteLineAsync($"warning: no logs of {name}: {problem.Message}");
        }
    }

    private static DateTimeOffset Time(JsonElement message) => DateTimeOffset.UnixEpoch.AddTicks(message.Number("timeNano") / 100);

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    private enum Happening
    {
        GoesOn,

        /// <summary>It ends it all.</summary>
        IsEnough,

        /// <summary>Nothing runs any more.</summary>
        IsOver,
    }
}
