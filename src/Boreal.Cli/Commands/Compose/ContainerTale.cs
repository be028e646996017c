using Boreal.Api.Apps;
using Boreal.Api.Containers;

namespace Boreal.Cli.Commands.Compose;

/// <summary>What becomes of a project's containers, told in stock compose's words.</summary>
/// <param name="steps">Where it is told.</param>
/// <param name="before">The containers as they were before anything was asked.</param>
internal sealed class ContainerTale(ProjectSteps steps, IEnumerable<ContainerSummary> before)
{
    private const int InterimLetters = 12;

    private readonly Dictionary<string, ContainerSummary> _before = before.DistinctBy(ProjectContainers.Name).ToDictionary(ProjectContainers.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Starts are told by another voice: the containers' output.</summary>
    public bool OmitsStarts { get; init; }

    public async Task TellAsync(ServiceInspect service)
    {
        foreach (var task in service.Tasks.Where(task => task is { Desired: < TaskState.Shutdown, State: >= TaskState.Ready, ContainerName.Length: > 0 }).OrderBy(task => task.Slot))
        {
            var name = FinalName(task.ContainerName);
            var isNew = !_before.TryGetValue(name, out var earlier) || earlier.Id != task.ContainerId;
            if (!isNew && earlier is { State: "running" })
            {
                await OnceAsync(name, "Running");
                continue;
            }

            if (isNew) await OnceAsync(name, earlier is null ? "Creating" : "Recreate");
            await OnceAsync(name, isNew && earlier is not null ? "Recreated" : "Created");
            if (task.State < TaskState.Starting || OmitsStarts) continue;
            await OnceAsync(name, "Starting");
            await OnceAsync(name, "Started");
        }
    }

    /// <summary>Those of these services that are no longer there.</summary>
    public async Task TellRemovedAsync(IReadOnlyCollection<string> services, IEnumerable<ContainerSummary> now)
    {
        var left = now.Select(ProjectContainers.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, container) in _before.Where(entry => services.Contains(ProjectContainers.ServiceOf(entry.Value)) && !left.Contains(entry.Key) && !ProjectContainers.IsOneOff(entry.Value)))
        {
            foreach (var word in (string[])(container.State is "running" ? ["Stopping", "Stopped", "Removing", "Removed"] : ["Removing", "Removed"])) await OnceAsync(name, word);
        }
    }

    /// <summary>While a container's predecessor has its name, it is called <c>ID_NAME</c>.</summary>
    public static string FinalName(string name) =>
        name.Length > InterimLetters && name[InterimLetters] is '_' && name[..InterimLetters].All(char.IsAsciiHexDigitLower) ? name[(InterimLetters + 1)..] : name;

    public async Task OnceAsync(string container, string state)
    {
        if (_told.Add($"{container} {state}")) await steps.TellAsync($"Container {container}", state);
    }
}
