using Boreal.Oci.Content;
using Boreal.Registry.Collection;
using Boreal.Registry.Repositories;

namespace Boreal.Tests.Unit.Registry.Protocol;

public sealed class RepositoryStateTests
{
    private static readonly ManifestEntry One = Entry(1), Two = Entry(2), Signature = Entry(3) with { Subject = One.Digest };

    [Fact]
    public void With_ATagOfAnother_MovesIt()
    {
        var state = RepositoryState.Empty.With(One, ["x", "y"]).With(Two, ["x"]);

        Assert.Equal(Two, state.Find(ManifestReference.Parse("x")));
        Assert.Equal(One, state.Find(ManifestReference.Parse("y")));
        Assert.Equal(One, state.Find(ManifestReference.Parse(One.Digest.Value)));
        Assert.Equal(["x", "y"], state.TagNames);
    }

    [Fact]
    public void Without_AManifest_TakesItsTagsAndItsPlaceAmongReferrers()
    {
        var state = RepositoryState.Empty.With(One, ["x"]).With(Signature, ["s"]);
        Assert.Equal([Signature.Digest.Value], state.ReferrersOf(One.Digest));

        state = state.Without(Signature);

        Assert.Equal(["x"], state.TagNames);
        Assert.Empty(state.Referrers);
    }

    [Fact]
    public void Needed_OfTaggedOnes_ArePartsAndReferrersToo()
    {
        var index = Entry(4);
        var state = RepositoryState.Empty.With(One, []).With(Two, []).With(Signature, []).With(index, ["i"]);
        var links = new Dictionary<Digest, IReadOnlyList<Digest>> { [index.Digest] = [One.Digest, Entry(9).Digest], [One.Digest] = [], [Two.Digest] = [], [Signature.Digest] = [] };

        Assert.Equal(new[] { index, One, Signature }.Select(entry => entry.Digest).ToHashSet(), Untagged.Needed(state, links));
    }

    [Fact]
    public void Needed_OfOneThatCameSince_IsNotDecidedYet()
    {
        var state = RepositoryState.Empty.With(Two, []);

        Assert.Contains(Two.Digest, Untagged.Needed(state, []));
    }

    private static ManifestEntry Entry(byte content) =>
        new() { Digest = Digest.OfSha256([content]), MediaType = MediaTypes.OciManifest, Size = 1 };
}
