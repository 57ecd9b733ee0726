"""Commented starter files: every key with its default and unit, ready to be changed.

An athlete or a day left as it is plans like no file at all: every value in it is a comment.
"""

from __future__ import annotations


def athlete_starter() -> str:
    """A first ``athlete.yaml``."""
    return _ATHLETE


def day_starter() -> str:
    """A first ``day.yaml``."""
    return _DAY


def pantry_starter() -> str:
    """A first ``pantry.yaml``."""
    return _PANTRY


_ATHLETE = """\
# You, as pacecalc plans for you. Everything is optional: what you leave out is assumed, and the plan says so.
# Take the '#' away from a line and put in your own value. Any unit will do: kg or lb, m or ft, degC or degF.
# Check the file with:  pacecalc athlete check athlete.yaml
# Every value in force, and how well it is founded:  pacecalc athlete show athlete.yaml --sport mtb

# name: Ann
# mass: 70 kg                    # without pack or bike
# height: 175 cm
# age: 40
# sex: female                    # or male
# home_elevation: 0 m            # where you live and train
# days_at_altitude: 0            # days near race altitude before the start
# heat_acclimatised: no          # two weeks of training in heat
# experience: some               # first, some or veteran: how sure your pace is
# spread: 8 %                    # your own scatter of finish times about plans; overrides experience

run:
  # pack: 2 kg                   # all you carry; past races are taken as run with 2 kg
  # uphill_effort: 1.0           # above 1: harder on climbs, easier elsewhere
  # downhill_skill: 0.0          # -1 cautious, 0 typical, 1 skilled
  # slow_down: 1.0               # 0 even to the finish, 1 typical
  # fade: 12 %                   # how much slower you finish than you start, when you know it
  # utmb_index: 560
  # results:                     # past races, from which a finish time is predicted
  #   - {distance: 10 km, time: "40:00", date: 2026-04-12, ascent: 50 m}
  #   - {distance: marathon, time: "3:05:00"}

ride:
  # bike: 12 kg                  # with bottles empty
  # kit: 3 kg                    # clothes, shoes, helmet, tools
  # threshold_power: 210 W       # what you hold for an hour; or 3.4 W/kg
  # test_elevation: 0 m          # where that was measured
  # preset: finisher             # first_timer, finisher, trained, racer, road: see pacecalc athlete presets
  # position: mtb_upright        # mtb_upright, mtb_tucked, road_tops, road_hoods, road_drops: sets drag_area
  # drag_area: 0.42 m^2          # CdA
  # rolling: 1.0                 # tyres: multiplies the rolling resistance of every surface
  # gross_efficiency: 0.21
  # drivetrain_efficiency: 0.976
  # skill: median                # downhill: beginner, median or expert
  # durability: 0.0048           # power lost per kJ/kg of work done
  # minimum_speed: 3.9 km/h      # slower than this you get off and push
  # w_prime: 20 kJ

fuel:
  # bottles: 1500 mL             # all you can carry to drink
  # carbohydrate_limit: 75 g/h   # what your gut is used to
  # gut_trained: no              # yes: up to 90 g/h unless carbohydrate_limit says otherwise
  # fat_adapted: no
  # appetite: 75 %               # at the finish, of that at the start
  # sweat_factor: 1.0            # multiplies the sweat of the average athlete
  # sweat_tests:                 # weigh yourself before and after an hour
  #   - {rate: 0.9 L/h, temperature: 24 degC, humidity: 50 %, power: 190 W, duration: "1:00"}
  # sweat_sodium: 920 mg/L       # or 40 mmol/L
  # sodium_policy: 0.5           # least share of the sodium lost that is eaten again
  # caffeine: {habit: some, limit: 400 mg}     # habit: none, some or daily; limit a day
  # carry: 3.5 kg                # most food and drink you carry
  # fluid_limit: 1.0 L/h
  # likes: []                    # product ids, see: pacecalc pantry list
  # dislikes: []
"""

_DAY = """\
# One race day. Everything is optional; options on the command line go before it.
# Check the file with:  pacecalc day check day.yaml

# date: 2026-08-15
# start_delay: 0 min             # how long after the gun you cross the line
# congestion: 0 min              # rides: lost in the crowd on the first climb; else as the course profile has it
# ground:                        # snow, mud and the like, where the course is usually something else
#   - {from: 5.7 km, to: 16.6 km, surface: snow, note: patches from 12 km on}
# goal: "11:45"                  # h:mm or h:mm:ss
# margin: 10 min                 # to keep at every cutoff

forecast:
  # low: 4 degC
  # high: 24 degC
  # humidity: 35 %
  # wind: 3 m/s
  # wind_from: 270 deg           # 270 is from the west
  # cloud: 20 %
  # at_elevation: 3094 m         # where the forecast holds; the start when left out
  # hourly: forecast.csv         # hour by hour, beside this file

# stops:                         # minutes at places, by their names on the course
#   Twin Lakes Dam (out): 8 min

# drop_bags: [Carter Summit (out)]   # where your own bags and people are; without it, wherever the course allows them
# crew: [Twin Lakes Dam (out)]
"""

_PANTRY = """\
# Your food and drink, laid over the products that come with pacecalc:  pacecalc pantry list
# A product with a known id changes only what you write; a new id adds a product, by the piece.

extends: bundled                 # or none: only what stands here
# typical_station: [water, cola] # what an aid station offers when nobody knows
# bring: [my-rice-ball, {product: my-gel, limit: 12}]     # what you bring, and at most how many

products:
  - id: my-rice-ball
    name: Rice ball with umeboshi
    # kinds: gel, chew, bar, drink_mix, electrolyte, salt, rice_ball, fruit, savoury, soup, soda, sweet
    kind: rice_ball
    mass: 110 g
    carbohydrate: 40 g
    energy: 180 kcal
    sodium: 400 mg
    water: 60 mL                 # inside the piece
    shelf_hot: 5 h               # how long it keeps in the heat, and in the cool
    shelf_cool: 10 h
  - id: my-gel
    name: Gel from the shop
    kind: gel
    mass: 40 g
    carbohydrate: 25 g
    # energy: 100 kcal
    # glucose: 14 g              # with maltodextrin and starch; without both figures the kind decides
    # fructose: 11 g
    # fibre: 0 g
    # protein: 0 g
    # fat: 0 g
    # sodium: 0 mg
    # potassium: 0 mg
    # caffeine: 0 mg
    # mix_with: 0 mL             # water it must be taken with (powders, tablets)
    # taste: sweet               # sweet, savoury or neutral
    # texture: gel               # liquid, gel, chew or solid
    # served_only: no            # yes: eaten at the station, never carried
    # max_per_hour: 3
    # max_per_day: 20
    # pack: 24                   # pieces in a pack, for the shopping list
    # price: 2.50 EUR
    # source: the pack
    # standing: seen             # seen, secondary, recalled, derived or choice
    # as_of: 2026-11
    # disputed: no               # yes: sources disagree, check the pack
    # note: lemon
"""
