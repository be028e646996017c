namespace Boreal.Api.Json;

/// <summary>The value <c>{}</c>: Docker writes sets as maps whose values are this.</summary>
public sealed record EmptyObject
{
    /// <summary>The one value.</summary>
    public static EmptyObject Instance { get; } = new();
}
