using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Instructions;

/// <summary>What an instruction asks for, before variables are expanded.</summary>
internal abstract record Instruction
{
    public required Statement Statement { get; init; }

    /// <summary>The name as written.</summary>
    public string Keyword => Statement.Keyword;

    /// <summary>The instruction as written, on one line.</summary>
    public string Code => Statement.Original.Trim();

    public LineRange Lines => Statement.Lines;

    public IReadOnlyList<string> Comments => Statement.Comments;
}
