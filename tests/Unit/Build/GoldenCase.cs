using System.Text;
using System.Text.Json;
using Boreal.Tests.TestKit;

namespace Boreal.Tests.Unit.Build;

/// <summary>One Dockerfile with options and what BuildKit's own frontend made of it.</summary>
internal sealed record GoldenCase
{
    private const string CaseMark = "==== ";
    private const string PartMark = "---- ";
    private const string JsonMark = " (json)";

    public required string Name { get; init; }

    public Dictionary<string, string> Options { get; } = [];

    /// <summary>Files by name, the Dockerfile among them.</summary>
    public Dictionary<string, string> Files { get; } = [];

    /// <summary>What came of it, as text.</summary>
    public string Expected { get; private set; } = "";

    public static string Folder => Path.Combine(Repository.Root, "tests", "Unit", "Build", "Golden");

    public static IReadOnlyList<GoldenCase> Read(string topic)
    {
        var cases = new List<GoldenCase>();
        foreach (var text in File.ReadAllText(Path.Combine(Folder, topic + ".txt")).Split(CaseMark, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = text.Split('\n' + PartMark);
            var golden = new GoldenCase { Name = parts[0].Split('\n')[0] };
            foreach (var part in parts.Skip(1))
                golden.Add(part[..part.IndexOf('\n')], part[(part.IndexOf('\n') + 1)..]);
            cases.Add(golden);
        }
        return cases;
    }

    public string Write()
    {
        var text = new StringBuilder().Append(CaseMark).Append(Name).Append('\n');
        if (Options.Count > 0) text.Append(PartMark).Append("options\n").AppendJoin('\n', Options.Select(option => $"{option.Key}={option.Value}")).Append('\n');
        foreach (var (name, content) in Files)
        {
            var isPlain = content.EndsWith('\n') && !content.Any(letter => letter is '\r' or '\ufeff') && content.Split('\n').All(line => line == line.TrimEnd());
            text.Append(PartMark).Append(name).Append(isPlain ? "\n" : JsonMark + "\n");
            text.Append(isPlain ? content : JsonSerializer.Serialize(content) + "\n");
        }
        return text.Append(PartMark).Append("result\n").Append(Expected).ToString();
    }

    public GoldenCase With(string expected)
    {
        Expected = expected;
        return this;
    }

    private void Add(string name, string content)
    {
        if (name == "options")
        {
            foreach (var pair in content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)))
                Options[pair[0]] = pair[1];
        }
        else if (name == "result")
        {
            Expected = content.TrimEnd('\n') + "\n";
        }
        else if (name.EndsWith(JsonMark, StringComparison.Ordinal))
        {
            Files[name[..^JsonMark.Length]] = JsonSerializer.Deserialize<string>(content) ?? "";
        }
        else
        {
            // Parts are split at the line end in front of a mark, which belongs to the part.
            Files[name] = content + "\n";
        }
    }
}
