using Boreal.Build.Dockerfile.Source;

namespace Boreal.Build.Dockerfile.Syntax;

/// <summary><c># name=value</c> above everything else in the file.</summary>
internal sealed record Directive(string Name, string Value, LineRange Location)
{
    /// <summary>The value up to the first blank, which is where its arguments begin.</summary>
    public string FirstWord => Value.Split(' ', 2)[0];
}
