using System.Diagnostics;
using System.Text;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Builds;

/// <summary>
/// A file of a Dockerfile and what goes with it: <c>-- name</c> begins a file of the context, <c>-- args</c> more arguments of the build,
/// <c>-- make</c> a shell script that makes the rest; <c>== recorded</c> ends it with what Docker made of it. Where that was
/// changed by hand, the file's first line says why.
/// </summary>
internal sealed class BuildCase
{
    private const string FileMark = "-- ";
    private const string RecordMark = "== recorded";

    private static readonly string[] SessionOptions = ["--secret", "--ssh", "--build-context", "--allow", "--no-cache-filter", "--annotation", "--output"];

    private readonly string _path;
    private readonly string _source;
    private readonly Dictionary<string, string> _files = [];

    public BuildCase(string path)
    {
        _path = path;
        var text = File.ReadAllText(path);
        var record = text.IndexOf(RecordMark, StringComparison.Ordinal);
        _source = record < 0 ? text : text[..record];
        Recorded = record < 0 ? "" : text[(text.IndexOf('\n', record) + 1)..];
        foreach (var part in ("\n" + _source).Split("\n" + FileMark).Skip(1))
        {
            var end = part.IndexOf('\n');
            _files[part[..end].Trim()] = part[(end + 1)..] + (part.EndsWith('\n') ? "" : "\n");
        }
    }

    public string Recorded { get; }

    /// <summary>It needs nothing that only builds with a session have.</summary>
    public bool IsClassic => !_files.Keys.Any(name => name.EndsWith("file.dockerignore", StringComparison.Ordinal)) && !Arguments.Any(argument => SessionOptions.Contains(argument.Split('=')[0]));

    public IReadOnlyList<string> Arguments => _files.GetValueOrDefault("args", "").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Makes the context.</summary>
    public async Task WriteAsync(string folder)
    {
        foreach (var (name, content) in _files.Where(file => file.Key is not ("args" or "make")))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? throw new UnreachableException("a file lies in a folder"));
            await File.WriteAllTextAsync(path, content);
        }

        if (_files.TryGetValue("make", out var script))
            await Command.Shell(script).In(folder).OutputAsync();
    }

    public Task RecordAsync(string outcome) =>
        File.WriteAllTextAsync(_path, new StringBuilder(_source.TrimEnd('\n')).Append('\n').Append(RecordMark).Append('\n').Append(outcome).ToString());
}
