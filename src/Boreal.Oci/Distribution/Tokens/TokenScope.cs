namespace Boreal.Oci.Distribution.Tokens;

/// <summary>A right asked of a token server: <c>repository:library/busybox:pull,push</c>.</summary>
internal readonly record struct TokenScope(string Text)
{
    public static readonly TokenScope Catalog = new("registry:catalog:*");

    /// <summary>What concerns a whole registry; only Boreal's know it.</summary>
    public static readonly TokenScope Administration = new("registry:administration:*");

    public static TokenScope Pull(string repository) => new($"repository:{repository}:pull");

    public static TokenScope Push(string repository) => new($"repository:{repository}:pull,push");

    public static TokenScope Delete(string repository) => new($"repository:{repository}:pull,push,delete");

    public override string ToString() => Text;
}
