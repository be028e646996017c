using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>An image as text: configuration, history and what of its files is not as in the base, without what differs from build to build.</summary>
internal static class BuiltImage
{
    private const int ShownDigits = 12;

    public static async Task<string> DescribeAsync(DockerCli docker, string image, IReadOnlyDictionary<string, string> baseTree)
    {
        using var directory = new TemporaryDirectory();
        var text = new StringBuilder();
        await docker.OutputAsync("save", "--output", directory.File("image.tar"), image);
        AppendConfig(text, ReadConfig(directory.File("image.tar")));
        var tree = await TreeAsync(docker, image);
        foreach (var (path, entry) in tree.Where(file => baseTree.GetValueOrDefault(file.Key) != file.Value))
            text.Append(CultureInfo.InvariantCulture, $"{path} {entry}\n");
        foreach (var path in baseTree.Keys.Where(path => !tree.ContainsKey(path)))
            text.Append(CultureInfo.InvariantCulture, $"- {path}\n");
        return text.ToString();
    }

    /// <summary>What an image's files are, by path.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> TreeAsync(DockerCli docker, string image)
    {
        using var directory = new TemporaryDirectory();
        var container = await docker.OutputAsync("create", image, "x");
        try
        {
            await docker.OutputAsync("export", "--output", directory.File("tree.tar"), container);
        }
        finally
        {
            await docker.RemoveAsync(container);
        }

        return ReadTree(directory.File("tree.tar"));
    }

    private static JsonObject ReadConfig(string archive)
    {
        var documents = new Dictionary<string, byte[]>();
        using var reader = new TarReader(File.OpenRead(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { Length: < 1 << 20 } data)
                continue;
            var content = new byte[data.Length];
            data.ReadExactly(content);
            documents[entry.Name] = content;
        }

        var manifest = JsonNode.Parse(documents["manifest.json"])?[0]?["Config"]?.GetValue<string>() ?? "";
        return JsonNode.Parse(documents[manifest])?.AsObject() ?? [];
    }

    private static void AppendConfig(StringBuilder text, JsonObject config)
    {
        foreach (var name in (string[])["architecture", "os", "author"])
            text.Append(CultureInfo.InvariantCulture, $"{name} {config[name]}\n");
        foreach (var (name, value) in (config["config"]?.AsObject() ?? []).OrderBy(member => member.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"config {name} {value?.ToJsonString()}\n");
        foreach (var step in config["history"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            // The base image's own.
            if (step["created_by"] is null)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"history {(step["empty_layer"] is null ? "layer" : "empty")} {step["comment"]} {step["created_by"]}\n");
        }
    }

    private static SortedDictionary<string, string> ReadTree(string archive)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var reader = new TarReader(File.OpenRead(archive));
        while (reader.GetNextEntry() is { } entry)
        {
            // The base image's programs are the same everywhere.
            if (entry.Name.StartsWith("bin/", StringComparison.Ordinal))
                continue;
            var content = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
                ? Convert.ToHexStringLower(entry.DataStream is { } data ? SHA256.HashData(data) : SHA256.HashData([]))[..ShownDigits]
                : entry.LinkName;
            entries.Add(entry.Name.TrimEnd('/').ReplaceLineEndings("\\n"), $"{entry.EntryType} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {content}".TrimEnd());
        }

        return entries;
    }
}
