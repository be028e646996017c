using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Reads directives line by line; the first line that is none ends them.</summary>
internal sealed partial class DirectiveReader(string comment = "#", int linesBefore = 0)
{
    public const string Syntax = "syntax";
    public const string Escape = "escape";
    public const string Check = "check";

    private static readonly char[] Blanks = ['\t', '\n', '\f', '\r', ' '];

    private readonly HashSet<string> _seen = [];
    private int _line = linesBefore;
    private bool _ended;

    /// <exception cref="DockerfileException">The directive was given before.</exception>
    public Directive? Read(string line)
    {
        _line++;
        if (_ended) return null;
        var match = line.StartsWith(comment, StringComparison.Ordinal) ? Assignment().Match(line[comment.Length..].TrimStart()) : Match.Empty;
        var name = match.Groups["name"].Value.ToLowerInvariant();
        var value = match.Groups["value"].Value.Trim(Blanks);
        if (value.Length == 0 || name is not (Syntax or Escape or Check))
        {
            _ended = true;
            return null;
        }
        if (!_seen.Add(name)) throw new DockerfileException($"only one {name} parser directive can be used", LineRange.At(_line));
        return new Directive(name, value, LineRange.At(_line));
    }

    [GeneratedRegex(@"\A(?<name>[a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=(?<value>.*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();
}
