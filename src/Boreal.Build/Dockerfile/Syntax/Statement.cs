using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary>One instruction as written: its words, not yet what they mean.</summary>
internal sealed record Statement
{
    /// <summary>The instruction's name in the case it was written in.</summary>
    public required string Keyword { get; init; }

    /// <summary><c>--name=value</c> words in front of the arguments, without their quotes.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The arguments were a JSON array.</summary>
    public bool IsJson { get; init; }

    /// <summary>What an ONBUILD holds.</summary>
    public Statement? Inner { get; init; }

    /// <summary>The line with its continuations joined.</summary>
    public required string Original { get; init; }

    public LineRange Lines { get; init; }

    /// <summary>The comments right above, without their signs.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    /// <summary>The name without case.</summary>
    public string Name => Keyword.ToUpperInvariant();
}
