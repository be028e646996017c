using Boreal.Cli.CommandLine;
using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Cli.Commands.Compose.Watching;

/// <summary>One rule of <c>develop.watch</c>: what is done when files under a path change.</summary>
/// <param name="Service">The service it belongs to.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Action">As the compose file names it.</param>
/// <param name="Target">Where the path is in the container; empty where nothing is copied.</param>
internal sealed record WatchTrigger(string Service, string Path, string Action, string Target)
{
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Only these; none means all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exec { get; init; } = [];

    public bool SyncsFirst { get; init; }

    public bool Syncs => Action is "sync" or "sync+restart" or "sync+exec";

    public bool Restarts => Action is "restart" or "sync+restart";

    /// <summary>The triggers of the services asked for; of all when none is.</summary>
    public static IReadOnlyList<WatchTrigger> Of(Project project, IReadOnlyList<string> services)
    {
        var triggers = new List<WatchTrigger>();
        foreach (var (name, node) in project.Services.Entries.Where(entry => services.Count is 0 || services.Contains(entry.Key)))
        {
            if (node is not MappingNode service) continue;
            foreach (var rule in service.Mapping("develop")?.List("watch")?.Items.OfType<MappingNode>() ?? [])
            {
                var trigger = Read(name, rule);
                if (trigger.Action is "rebuild" && !service.Has("build")) throw new CommandFailedException($"can't watch service \"{name}\" with action rebuild without a build context: give it the key build, or use sync");
                triggers.Add(trigger);
            }
        }

        return triggers.Count > 0 ? triggers : throw new CommandFailedException("none of the selected services is configured for watch, consider setting a 'develop' section");
    }

    private static WatchTrigger Read(string service, MappingNode rule) =>
        new(service, System.IO.Path.TrimEndingDirectorySeparator(rule.TextOf("path") ?? ""), rule.TextOf("action") ?? "", rule.TextOf("target") ?? "")
        {
            Ignore = Texts(rule.Get("ignore")),
            Include = Texts(rule.Get("include")),
            Exec = Texts(rule.Mapping("exec")?.Get("command")),
            SyncsFirst = rule.TextOf("initial_sync") is "true",
        };

    private static IReadOnlyList<string> Texts(Boreal.Compose.Yaml.Node? node) => node switch
    {
        SequenceNode list => [.. list.Items.Select(item => item.Text ?? "")],
        { Text: { Length: > 0 } text } => text.Contains(' ', StringComparison.Ordinal) ? ["sh", "-c", text] : [text],
        _ => [],
    };
}
