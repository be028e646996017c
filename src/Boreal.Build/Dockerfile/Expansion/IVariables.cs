using System.Diagnostics.CodeAnalysis;

namespace Boreal.Build.Dockerfile.Expansion;

/// <summary>The variables an expansion may see.</summary>
internal interface IVariables
{
    IEnumerable<string> Names { get; }

    bool TryGet(string name, [MaybeNullWhen(false)] out string value);
}
