using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>
/// What a look at an endpoint's root has shown: the scheme that works, and how callers are to show who they are (no challenges
/// when it does not care).
/// </summary>
internal sealed record EndpointState(Uri Root, IReadOnlyList<Challenge> Challenges, DateTimeOffset SeenAt);
