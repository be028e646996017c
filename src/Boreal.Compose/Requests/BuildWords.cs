using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>A service's build as the words of <c>boreal build</c>.</summary>
internal static class BuildWords
{
    /// <param name="project">The project.</param>
    /// <param name="service">A service with a build.</param>
    /// <param name="inlineFile">Where the text of an inline Dockerfile was written; null when it has none.</param>
    public static IReadOnlyList<string> Of(Project project, string service, string? inlineFile)
    {
        var node = new Settings(project.Services.Mapping(service));
        var build = node.Part("build");
        var words = new List<string> { "--tag", ProjectLists.Image(project, service) };
        foreach (var tag in build.Texts("tags") ?? []) words.AddRange(["--tag", tag]);
        if (inlineFile is not null) words.AddRange(["--file", inlineFile]);
        else if (build.TextOrNull("dockerfile") is { } file) words.AddRange(["--file", file.StartsWith('/') || IsRemote(build.Text("context")) ? file : Path.Combine(build.Text("context"), file)]);
        Each(words, "--build-arg", build.Variables("args"));
        Each(words, "--label", build.Pairs("labels")?.Select(pair => $"{pair.Key}={pair.Value}"));
        Each(words, "--label", [$"{ComposeLabels.Project}={project.Name}", $"{ComposeLabels.Service}={service}", $"{ComposeLabels.Version}={ComposeLabels.CompatibleVersion}"]);
        Each(words, "--cache-from", build.Texts("cache_from"));
        Each(words, "--cache-to", build.Texts("cache_to"));
        Each(words, "--platform", build.Texts("platforms"));
        Each(words, "--allow", build.Texts("entitlements"));
        Each(words, "--add-host", build.Hosts("extra_hosts").Select(pair => $"{pair.Host}={pair.Address}"));
        Each(words, "--build-context", build.Pairs("additional_contexts")?.Select(pair => $"{pair.Key}={pair.Value}"));
        Each(words, "--secret", build.Parts("secrets").Select(secret => Secret(project, secret)));
        Each(words, "--ssh", (build.Raw("ssh") as MappingNode)?.Entries.Select(entry => entry.Value.Text is { } path ? $"{entry.Key}={path}" : entry.Key));
        if (build.TextOrNull("target") is { } target) words.AddRange(["--target", target]);
        if (build.TextOrNull("network") is { } network) words.AddRange(["--network", network]);
        if (build.Size("shm_size") is > 0 and var size) words.AddRange(["--shm-size", $"{size}"]);
        if (build.Flag("no_cache")) words.Add("--no-cache");
        if (build.Flag("pull")) words.Add("--pull");
        words.Add(build.Text("context"));
        return words;
    }

    private static string Secret(Project project, Settings use)
    {
        var key = use.Text("source");
        var secret = new Settings(project.Model.Mapping("secrets")?.Mapping(key));
        var id = use.TextOrNull("target") ?? key;
        return secret.TextOrNull("environment") is { } variable ? $"id={id},env={variable}" : $"id={id},src={secret.Text("file")}";
    }

    private static bool IsRemote(string context) => context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal);

    private static void Each(List<string> words, string option, IEnumerable<string>? values)
    {
        foreach (var value in values ?? []) words.AddRange([option, value]);
    }
}
