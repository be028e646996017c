using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;

namespace Boreal.Build.Dockerfile.Stages;

/// <summary>A FROM and the instructions below it.</summary>
internal sealed record Stage
{
    public required Statement From { get; init; }

    /// <summary>Lower case; empty when the stage has no name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the stage starts from, as written: a stage, an image or a named context.</summary>
    public required string Base { get; init; }

    /// <summary>As written; empty when not given.</summary>
    public string Platform { get; init; } = "";

    public IReadOnlyList<Instruction> Instructions { get; init; } = [];

    public LineRange Lines => From.Lines;

    public string? Description => InstructionReader.DescriptionOf(Name, From.Comments);
}
