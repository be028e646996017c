using Boreal.Registry.Blobs;
using Boreal.Registry.Repositories;
using Boreal.Registry.Storage;

namespace Boreal.Tests.Unit.Registry.Protocol;

public sealed class DataPathsTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("blobs", "_blobs")]
    [InlineData("a/index.json/oci-layout", "a/_index.json/_oci-layout")]
    [InlineData("a/blobs2/myblobs", "a/blobs2/myblobs")]
    public void Folder_OfARepository_NeverLiesInAnothersLayout(string name, string folder)
    {
        var paths = new DataPaths("/data");

        Assert.Equal($"/data/repositories/{folder}", paths.Repository(RepositoryName.Parse(name)));
        Assert.Equal(name, DataPaths.NameOf(folder)?.Value);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b__c-d---e/0", true)]
    [InlineData("", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("../a", false)]
    [InlineData("a_-b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    public void Name_OfARepository_HasTheGrammarOfTheSpecification(string text, bool isName) =>
        Assert.Equal(isName, RepositoryName.TryParse(text, out _));

    [Fact]
    public void Algorithm_OfAnUpload_HasTheNameThatIsOnDisk() =>
        Assert.Equal(["Sha256", "Sha512"], Enum.GetNames<DigestAlgorithm>());
}
