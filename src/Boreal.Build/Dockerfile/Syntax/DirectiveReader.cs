using System.Text.RegularExpressions;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Reads directives line by line; the first line that is none ends them.</summary>
internal sealed partial class DirectiveReader(string comment = "#", int linesBefore = 0)
{
    public const string Syntax = "syntax";
    public const string Escape = "escape";
    public const string Check = "check";

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
        if (name is not (Syntax or Escape or Check))
        {
            _ended = true;
            return null;
        }
        if (!_seen.Add(name)) throw new DockerfileException($"only one {name} parser directive can be used", LineRange.At(_line));
        return new Directive(name, match.Groups["value"].Value, LineRange.At(_line));
    }

    [GeneratedRegex(@"\A(?<name>[a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(?<value>.+?)[\t\n\f\r ]*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();
}
