using System.Text;
using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>Text to statements: directives, comments, continued lines and heredocs.</summary>
internal sealed class SyntaxReader
{
    private const int LongestLine = 65535;
    private const int LargestFile = 16 << 20;
    private const int MostStatements = 10_000;

    private readonly DirectiveReader _directives = new();
    private readonly List<Statement> _statements = [];
    private readonly List<LineRange> _emptyContinuations = [];
    private readonly LineCursor _lines;
    private List<string> _comments = [];
    private char _escape = '\\';

    private SyntaxReader(string text) => _lines = new LineCursor(text);

    /// <exception cref="DockerfileException">The text is no Dockerfile.</exception>
    public static SyntaxTree Read(string text)
    {
        if (text.Length > LargestFile) throw new DockerfileException($"dockerfile greater than max allowed size of {LargestFile}");
        var reader = new SyntaxReader(text.TrimStart('\ufeff'));
        while (reader.NextLine())
            reader.ReadStatement();
        if (reader._statements.Count == 0) throw new DockerfileException("file with no instructions", LineRange.At(reader._lines.Number));
        return new SyntaxTree { Statements = reader._statements, Escape = reader._escape, EmptyContinuations = reader._emptyContinuations };
    }

    private void ReadStatement()
    {
        var line = _lines.Line.TrimEnd('\r', '\n').TrimStart();
        var isDirective = ReadDirective(line);
        if (line.StartsWith('#'))
        {
            if (!isDirective) AddComment(line[1..].Trim());
            return;
        }

        var start = _lines.Number;
        var text = new StringBuilder();
        var continues = TakeContinuation(ref line);
        if (!continues && line.Length == 0) return;
        text.Append(line);
        var hasEmptyLine = continues && ReadContinuations(text);
        if (hasEmptyLine) _emptyContinuations.Add(LineRange.At(_lines.Number));

        var statement = Located(start, () => WithHeredocs(StatementReader.Read(text.ToString(), _escape)));
        if (_statements.Count == MostStatements) throw new DockerfileException($"dockerfile with more than {MostStatements} instructions", LineRange.At(start));
        _statements.Add(statement with { Lines = new LineRange(start, _lines.Number), Comments = _comments });
        _comments = [];
    }

    /// <returns>Whether a line between was empty.</returns>
    private bool ReadContinuations(StringBuilder text)
    {
        var hasEmptyLine = false;
        while (NextLine())
        {
            var line = _lines.Line.TrimEnd('\r', '\n');
            var content = line.AsSpan().TrimStart();
            if (content.StartsWith("#")) continue;
            if (content.IsEmpty)
            {
                hasEmptyLine = true;
                continue;
            }
            var continues = TakeContinuation(ref line);
            text.Append(line);
            if (!continues) break;
        }
        return hasEmptyLine;
    }

    private Statement WithHeredocs(Statement statement)
    {
        var holder = statement.Inner ?? statement;
        if (holder.Name is not ("ADD" or "COPY" or "RUN") || holder.IsJson || !statement.Original.Contains("<<", StringComparison.Ordinal)) return statement;
        return statement with { Heredocs = [.. HeredocReader.FindAll(statement.Original).Select(ReadContent)] };
    }

    private Heredoc ReadContent(Heredoc heredoc)
    {
        var content = new StringBuilder();
        while (NextLine())
        {
            var line = _lines.Line.TrimEnd('\r', '\n');
            if ((heredoc.StripsTabs ? line.TrimStart('\t') : line) == heredoc.Name) return heredoc with { Content = content.ToString() };
            content.Append(_lines.Line);
        }
        throw new FormatException("unterminated heredoc");
    }

    private bool ReadDirective(string line)
    {
        if (_directives.Read(line) is not { } directive) return false;
        if (directive.Name != DirectiveReader.Escape) return true;
        if (directive.Value is not ("\\" or "`"))
            throw new DockerfileException($"invalid escape token '{directive.Value}' does not match ` or \\", directive.Location);
        _escape = directive.Value[0];
        return true;
    }

    private void AddComment(string comment)
    {
        if (comment.Length == 0) _comments = [];
        else _comments.Add(comment);
    }

    // A line goes on when its last sign is the escape, and that is not escaped itself.
    private bool TakeContinuation(ref string line)
    {
        var content = line.AsSpan().TrimEnd(" \t");
        if (content.IsEmpty || content[^1] != _escape || (content.Length > 1 && content[^2] == _escape)) return false;
        line = content[..^1].ToString();
        return true;
    }

    private bool NextLine()
    {
        if (!_lines.Read()) return false;
        if (_lines.Line.Length > LongestLine)
            throw new DockerfileException($"dockerfile line greater than max allowed size of {LongestLine}", LineRange.At(_lines.Number));
        return true;
    }

    private T Located<T>(int start, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new DockerfileException(exception.Message, [new LineRange(start, _lines.Number)], exception);
        }
    }
}
