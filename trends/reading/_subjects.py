"""What is counted, by which definition, and what is refused: phrases."""

from __future__ import annotations

# what is counted: series key -> phrases
SERIES = {
    "drones_launched": "drones|drone|uavs|uav|unmanned aerial vehicles|unmanned aircraft|"
    "attack uavs|strike uavs|kamikaze uavs|attack drones|long-range drones|kamikaze drones|"
    "strike drones|one-way attack drones|"
    "one-way attack uavs|one-way attack drone|one-way attack uav|one-way attack drone launches|"
    "unmanned aerial vehicle|attack drone|long-range drone|drone attacks|"
    "shahed|shaheds|shahed-type drones|shahed drones|shahed-type|geran|gerans|shahed attack drones|"
    "loitering munitions|kamikaze drone|shahed drone|drone attack|drone strike|drone strikes|"
    "drone assault|drone assaults|drone raid|drone raids|drone launches|drone launch",
    "missiles_launched": "missiles|missile|cruise missiles|ballistic missiles|cruise and ballistic "
    "missiles|ballistic missile|cruise missile|ballistic and cruise missiles|missile attacks|"
    "missile attack|missile strike|missile strikes|missile launches",
    "drones_launched+missiles_launched": "drones and missiles|missiles and drones|"
    "drones & missiles|"
    "drones plus missiles|missiles plus drones|drone and missile|missile and drone|"
    "aerial weapons|munitions|incoming weapons|projectiles|drones or missiles|"
    "missiles or drones|air weapons|drones + missiles|aerial munitions|aerial targets|"
    "drones together with missiles|drones with missiles|weapons",
    "territory_km2": "territory|territorial|territorial gains|territorial gain|ground|land|advance|"
    "advances|advanced|advancing|territorial advance|territorial advances|occupation pace|"
    "progress|occupied area|occupation|front-line gains|territories|territory gains|"
    "occupied territory|rate of advance|pace of advance|frontline advances|offensive|"
    "territorial control|territory controlled",
}
HINTS = {
    "Shahed only": "shahed|shaheds|shahed-type|shahed-type drones|shahed drones|geran|gerans|"
    "shahed attack drones|shahed drone",
    "ballistic missiles only": "ballistic|ballistic missiles|ballistic missile",
    "cruise missiles only": "cruise|cruise missiles|cruise missile",
    "excluding areas merely claimed": "claimed areas|areas claimed|claims excluded|"
    "areas only claimed|areas merely claimed|excluding areas only claimed|"
    "excluding areas merely claimed|excluding claimed areas|excluding areas claimed|"
    "without claimed areas|excluding claims",
    "including areas merely claimed": "including claimed areas|including areas claimed|or claimed",
    "Ukraine and Kursk": "ukraine and kursk|kursk and ukraine|including kursk",
    "decoys included": "including decoys|decoys included|of all types|all types",
    "decoys excluded": "excluding decoys|without decoys|decoys excluded",
    "geolocated": "geolocated",
    "the month was not complete": "month unfinished|month incomplete|month not over|"
    "month not yet over|month not finished|month not complete",
}
# words that change what a sentence is about into what no series of the library holds
REFUSED = {
    "casualties, soldiers and equipment are not among the series": "casualties|casualty|soldiers|"
    "troops killed|killed|wounded|injured|deaths|dead|tanks|prisoners|recruits|personnel|victims|"
    "civilians|injuries|servicemen|artillery|shells|sorties|glide bombs|guided bombs|aerial bombs|"
    "bombs|refineries|oil|energy|gas|prices|refugees|helicopters|fatalities|people|deserters|"
    "power stations|substations|exports|aid|settlements|villages|decoys|jets|warships|ships|"
    "interceptors|satellites|factories|production|produced|produce|manufactured|stockpile|stockpiles|"
    "budget|combat clashes|clashes|trains|hospitals|schools|vehicles|roubles|dollars|euros",
    "only a part of the front or of the country": "donetsk|luhansk|kharkiv|kherson|zaporizhzhia|"
    "zaporizhia|sumy|dnipropetrovsk|dnipro|kursk|pokrovsk|odesa|odessa|kyiv region|lviv|donbas|"
    "mykolaiv|poltava|chernihiv|belgorod|toretsk|chasiv yar|bakhmut|kupiansk|lyman|"
    "kramatorsk|crimea|region|oblast|sector|at kyiv|on kyiv|against kyiv|"
    "over kyiv|in kyiv|around kyiv|near kyiv|into kyiv|kyiv itself|kyiv city|city of kyiv|capital|"
    "targeting kyiv|targeted kyiv|struck kyiv|attacked kyiv|hit kyiv|of kyiv",
    "weeks are not months": "week|weeks|weekly|fortnight|weekend|weekends",
    "hours are not months": "hours|hourly|minutes",
    "years of the war are not calendar years": "war year|war years|year of the war|"
    "year of war|year of the invasion|years of war",
    "an area compared with a place or a pitch": "the size of|size of|football fields|"
    "football pitches|soccer fields|football pitch|football field|luxembourg|manhattan|"
    "greater london|washington dc|as big as|rhode island|soccer pitches",
    "a comparison that this reader does not hold": "respectively|per capita|ratio|median|"
    "winter months|winter-month|summer months|in winter|any january|any february|any march|"
    "any april|any may|any june|any july|any august|any september|any october|any november|"
    "any december|for a june|for a july|peacetime|percentile|other countries|trend|"
    "weekday|weekdays|half-year|semester",
    "months of another war or place": "gaza|israel|iran|syria|sudan|vietnam|world war|hamas|"
    "hezbollah|myanmar|yemen|houthi|houthis",
}
FOREIGN = {
    "fr": "le la les des du une et dans depuis mois plus que au aux par avec est sur pour",
    "de": "der die das und mit seit dem den ein eine als im monat mehr von ist auf",
    "es": "el los las desde del una mes con por más que en de",
    "pl": "od na więcej niż miesiącu się przez dronów",
    "it": "il gli di che del della nel dal mese più con",
    "ro": "din mai mult cu luna în decât de la",
}
