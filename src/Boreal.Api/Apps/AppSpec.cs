using System.Text.Json.Serialization;

namespace Boreal.Api.Apps;

/// <summary>Body of <c>PUT /boreal/v1/apps/{app}</c>: services put in one transaction.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AppSpec
{
    public IReadOnlyList<ServiceSpec> Services { get; set; } = [];

    /// <summary>Whether services of the app that are not named here are removed.</summary>
    public bool RemoveOthers { get; set; }
}
