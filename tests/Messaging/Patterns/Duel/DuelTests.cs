namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>Ours against libzmq: the same random calls, the same answers.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public class DuelTests
{
    private const int Steps = 40;

    private static IEnumerable<object[]> Families => DuelScript.Families;

    [TestMethod]
    [DynamicData(nameof(Families))]
    public void AnyCalls_InAnyOrder_AnswerAsLibzmq(string family)
    {
        if (!LibzmqSockets.IsThere)
        {
            Assert.Inconclusive("libzmq.so.5 is not installed; tools/setup.sh does that");
        }

        string? chosen = Environment.GetEnvironmentVariable("IOTNET_SEED");
        int first = chosen != null ? int.Parse(chosen) : 1;
        int scripts = int.Parse(Environment.GetEnvironmentVariable("IOTNET_SCRIPTS") ?? "150");
        for (int seed = first; seed < first + scripts; seed++)
        {
            using DuelScript script = new(seed, family);
            try
            {
                script.Run(Steps);
            }
            catch (AssertFailedException failure)
            {
                throw new AssertFailedException($"IOTNET_SEED={seed}, {family}: {failure.Message}", failure);
            }
        }
    }
}
