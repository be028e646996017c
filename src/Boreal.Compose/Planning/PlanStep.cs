using Boreal.Api.Apps;
using Boreal.Api.Networks;
using Boreal.Api.Volumes;

namespace Boreal.Compose.Planning;

/// <summary>One thing to do, and what must be done before.</summary>
/// <param name="Kind"><c>Network</c>, <c>Volume</c>, <c>Image</c> or <c>Service</c>.</param>
/// <param name="Name">The engine's name for it; of a service the project's.</param>
/// <param name="Action">What is done.</param>
/// <param name="After">Ids of the steps before this one.</param>
internal sealed record PlanStep(string Kind, string Name, PlanAction Action, IReadOnlyList<string> After)
{
    public string Id => $"{Kind} {Name}";

    public NetworkCreateRequest? Network { get; init; }

    public VolumeCreateRequest? Volume { get; init; }

    public ServiceSpec? Service { get; init; }

    /// <summary>Of an image: the service that is built, or whose platform is pulled.</summary>
    public string ForService { get; init; } = "";

    public override string ToString() => After.Count is 0 ? $"{Id}  {Action}" : $"{Id}  {Action}  after {string.Join(", ", After)}";
}
